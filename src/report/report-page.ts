import type { Run } from '../experiment/index.js';
import { articleTable } from '../model/index.js';
import { tableHtml } from '../notebook/table-html.js';
import { escapeXml } from '../plot/escape-xml.js';
import {
  altText,
  articleChartRows,
  fateRows,
  formatError,
  formatKpps,
  image,
  ppsOverTime,
  predictedVersusMeasured,
  predictedVersusMeasuredScatter,
  publishedVersusPredicted,
  whereThePacketsWent,
} from '../plot/index.js';
import { article } from '../records/article.js';
import { machineTable } from '../records/machine-table.js';
import { ppsSeries } from '../records/pps-series.js';
import type { RecordedRuns } from '../records/read-runs.js';
import { isAsRegistered } from '../records/registration.js';

const style = `body{font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:800px;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{margin-top:2.5rem}img{max-width:100%}table{border-collapse:collapse;font-size:.85rem}td{white-space:nowrap}
.wide{overflow-x:auto}footer{margin-top:3rem;color:#555;font-size:.85rem}@media print{h2{break-after:avoid}img{break-inside:avoid}}`;

/** The report as one HTML text. */
export function reportPage({ runs, problems, unfinished }: RecordedRuns): string {
  const newest = runs.at(-1);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>million-packets: report</title><style>${style}</style></head><body>
<h1>How many UDP packets per second, and what stops them?</h1>
${articleSection()}
${newest ? [...runsByHost(runs)].map(([host, group]) => machineSection(host, group)).join('') : '<h2>This machine</h2><p>No runs are recorded yet: <code>npm start</code> measures and records them.</p>'}
${notesOn(problems, 'Skipped records')}
${notesOn(unfinished, 'Registered predictions whose run never ended')}
<footer>Made by million-packets${newest ? ` ${escapeXml(newest.versions.kit)} from ${runs.length} recorded runs, the newest of ${escapeXml(newest.recordedAt)}` : ''}. Published figures: Marek Majkowski, Cloudflare, 2015.</footer>
</body></html>
`;
}

function figure(svgText: string): string {
  return `<p>${image(svgText, altText(svgText))}</p>`;
}

function articleSection(): string {
  const { rows, figures } = articleTable(article);
  return `<h2>The article</h2>
<p>Published figures against what the model predicts for the article’s own host. ${figures.count} figures were used with ${figures.parameters} fitted parameters; a reproduced figure is the only evidence for one of them.</p>
${figure(publishedVersusPredicted(articleChartRows(article)))}
<div class="wide">${tableHtml(rows, [
    { label: 'configuration', value: 'id' },
    { label: 'published', unit: 'k pps', value: ({ publishedPps, published }) => `${published.upTo ? '≤ ' : ''}${formatKpps(publishedPps)}` },
    { label: 'predicted', unit: 'k pps', value: ({ predictedPps }) => formatKpps(predictedPps) },
    { label: 'error', value: ({ error }) => formatError(error) },
    { label: 'the fit', value: ({ role }) => ({ fitted: 'fitted', reproduced: 'reproduced', heldOut: 'held out' })[role] },
    { label: 'error when left out', value: ({ looError }) => (looError === null ? '–' : formatError(looError)) },
  ])}</div>`;
}

function runsByHost(runs: readonly Run[]): Map<string, Run[]> {
  const hosts = new Map<string, Run[]>();
  for (const run of runs) hosts.set(run.host.name, [...(hosts.get(run.host.name) ?? []), run]);
  return hosts;
}

function machineSection(host: string, runs: readonly Run[]): string {
  const rows = machineTable(runs);
  const newest = runs.at(-1)!;
  const changed = runs.filter((run) => !isAsRegistered(run));
  const doubtful = runs.filter(({ doubts }) => doubts.length);
  return `<h2>Recorded runs: ${escapeXml(host)}</h2>
<p>Every prediction was registered before its run, for this host’s own costs.${
    changed.length ? ` <strong>Changed since they were registered: ${changed.map(({ name }) => escapeXml(name)).join(', ')}.</strong>` : ''
  }</p>
${figure(predictedVersusMeasured(rows))}
<div class="wide">${tableHtml(rows, [
    { label: 'configuration', value: 'id' },
    {
      label: 'registered',
      unit: 'k pps',
      value: ({ predictedPps, low, high }) => `${formatKpps(predictedPps)} (${formatKpps(low)}–${formatKpps(high)})`,
    },
    { label: 'measured', unit: 'k pps', value: ({ measuredPps }) => formatKpps(measuredPps) },
    { label: 'runs', value: ({ measured }) => measured.length },
    { label: 'error', value: ({ error }) => formatError(error) },
    { label: 'inside interval', value: ({ insideInterval, measured }) => `${insideInterval} of ${measured.length}` },
    { label: 'unaccounted', unit: 'packets', value: 'unaccountedPackets' },
  ])}</div>
${figure(predictedVersusMeasuredScatter(rows))}
<h3>Where the packets went</h3>
${figure(whereThePacketsWent(fateRows(rows)))}
<h3>The newest run over time</h3>
${figure(ppsOverTime([ppsSeries(newest)]))}
${notesOn(
  rows.flatMap(({ id, deviations }) => deviations.map((deviation) => `${id}: ${deviation}`)),
  'Where this host differs from what the experiments mean',
)}
${notesOn(
  doubtful.map(({ name, doubts }) => `${name}: ${doubts.join('; ')}`),
  'Runs to doubt',
)}`;
}

function notesOn(lines: string[], title: string): string {
  return lines.length ? `<h3>${title}</h3><ul>${[...new Set(lines)].map((line) => `<li>${escapeXml(line)}</li>`).join('')}</ul>` : '';
}
