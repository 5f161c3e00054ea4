// Table of contents: what the model offers, without anything of Node.

export type { ArticleDetail, ArticleRole } from './article-details.js';
export { type Article, type ArticleRow, type ArticleTable, articleTable } from './article-table.js';
export { type Comparison, compare } from './compare.js';
export type { Change } from './explain/changes-of.js';
export { type Explanation, explain, type RankedChange, type StageLoad } from './explain.js';
export type { ArticleFit, FittedParameter } from './fit/article-fit.js';
export { fitArticle } from './fit/fit-article.js';
export type { Prior } from './fit/prior.js';
export type { FiniteQueue } from './formulas/finite-queue.js';
export { md1k } from './formulas/md1k.js';
export { mm1k } from './formulas/mm1k.js';
export { occupancy } from './formulas/occupancy.js';
export { plan } from './plan/plan.js';
export { predict } from './predict.js';
export type { Flow } from './rss/flow.js';
export { microsoftRssKey } from './rss/microsoft-rss-key.js';
export { rxQueue } from './rss/rx-queue.js';
export { toeplitzHash } from './rss/toeplitz-hash.js';
export type { CostValues } from './stages/cost-values.js';
export { kernelAtLeast } from './stages/kernel-version.js';
export { sameCpuPeakPps } from './stages/same-cpu.js';
export { cpuSpeed } from './stages/sibling.js';
export { socketBufferPackets } from './stages/socket-buffer.js';
export { wirePps } from './stages/wire.js';
