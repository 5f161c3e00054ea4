import type { Run } from '../experiment/index.js';
import { escapeXml } from '../plot/escape-xml.js';
import { machineOf } from '../records/machine-of.js';
import type { RecordedRuns } from '../records/read-runs.js';
import { articleSection } from './article-section.js';
import { notes } from './html.js';
import { machineSection } from './machine-section.js';
import { setsSection } from './sets-section.js';

const style = `body{font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:860px;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{margin-top:2.5rem}table{border-collapse:collapse;font-size:.8rem}td{white-space:nowrap}
.wide{overflow-x:auto;margin:1rem 0}.figure img{max-width:100%;min-width:640px}
footer{margin-top:3rem;color:#555;font-size:.85rem}@media print{h2,h3{break-after:avoid}.wide{overflow:visible;break-inside:avoid}.figure img{min-width:0}}`;

/** The report as one HTML text. */
export function reportPage({ runs, sets, problems, unfinished }: RecordedRuns): string {
  const newest = runs.at(-1);
  const origin = newest ? ` ${newest.versions.kit} from ${runs.length} recorded runs, the newest of ${newest.recordedAt}` : '';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>million-packets: report</title><style>${style}</style></head><body>
<h1>How many UDP packets per second, and what stops them?</h1>
${articleSection()}
${setsSection({ runs, sets })}
${newest ? [...byHost(runs)].map(([host, group]) => machineSection(host, group)).join('') : '<h2>This machine</h2><p>No runs are recorded yet: <code>npm start</code> measures and records them.</p>'}
${notes('Skipped records', problems)}
${notes('Registered predictions whose run never ended', unfinished)}
<footer>Made by million-packets${escapeXml(origin)}. Published figures: Marek Majkowski, Cloudflare, 2015.</footer>
</body></html>
`;
}

function byHost(runs: readonly Run[]): Map<string, Run[]> {
  const hosts = new Map<string, Run[]>();
  for (const run of runs) hosts.set(machineOf(run.host), [...(hosts.get(machineOf(run.host)) ?? []), run]);
  return hosts;
}
