/** Charts: rows in, SVG text out. Every chart carries its own text for readers who cannot see it (`altText`). */
export { altText } from './alt-text.js';
export { articleChartRows } from './article-chart-rows.js';
export { fateNames } from './fate-names.js';
export { fateRows } from './fate-rows.js';
export { formatError } from './format-error.js';
export { formatKpps } from './format-kpps.js';
export { formatPercent } from './format-percent.js';
export { image } from './image.js';
export type { LegendEntry, LegendShape } from './legend.js';
export { type PacketPathStage, packetPath } from './packet-path.js';
export { type Fate, palette } from './palette.js';
export { pathStages } from './path-stages.js';
export { type PpsPoint, type PpsSeries, ppsOverTime } from './pps-over-time.js';
export { type PredictedVersusMeasuredRow, predictedVersusMeasured } from './predicted-versus-measured.js';
export { predictedVersusMeasuredScatter } from './predicted-versus-measured-scatter.js';
export { type PublishedVersusPredictedRow, publishedVersusPredicted } from './published-versus-predicted.js';
export { type ChartOptions, svg } from './svg.js';
export { type WhereThePacketsWentOptions, type WhereThePacketsWentRow, whereThePacketsWent } from './where-the-packets-went.js';
