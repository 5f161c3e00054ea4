/** Addresses of the lab on one machine, as in the article: the receiver has .1 to .20, the sender .30, of this /24 network. */
export const labNetwork: { receivers: readonly string[]; sender: string } = {
  receivers: Array.from({ length: 20 }, (_, index) => `192.168.254.${index + 1}`),
  sender: '192.168.254.30',
};
