/** What the cells of a lesson need around the model: charts, tables, sentences, progress, exercises, the stop button. */
export { type AccountRow, accountRows } from './account-rows.js';
export { type AnswersTo, answerRows } from './answer-rows.js';
export { check } from './check.js';
export { explorable } from './explorable.js';
export { guess } from './guess.js';
export { interruptSignal } from './interrupt-signal.js';
export { kppsColumn } from './kpps-column.js';
export { markdown } from './markdown.js';
export { type Progress, progress } from './progress.js';
export { type ProgressState, progressLine } from './progress-line.js';
export { recordedRuns } from './recorded-runs.js';
export { runsOf } from './runs-of.js';
export { show } from './show.js';
export { showAnswers } from './show-answers.js';
export { table } from './table.js';
export type { TableColumn, TableValue } from './table-column.js';
export { tableHtml } from './table-html.js';
export { tableText } from './table-text.js';
