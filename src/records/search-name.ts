/** Name of the file in a search's folder that holds its prediction and its finding; it is not a record. */
export const searchName = 'search.json';
