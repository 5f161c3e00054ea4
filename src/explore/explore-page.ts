import { escapeXml } from '../plot/escape-xml.js';
import { article } from '../records/article.js';
import { explorableHtml } from './explorable-html.js';
import { explorables } from './explorables.js';
import { type ExploreData, exploreData } from './explore-data.js';
import { exploreScript } from './explore-script.js';
import { colourStyle, exploreStyle, pictureStyle } from './explore-style.js';
import { scriptJson } from './script-json.js';

const pageStyle = `body{font:17px/1.55 system-ui,'Segoe UI',Roboto,Helvetica,Arial,'DejaVu Sans',sans-serif;color:var(--ink);background:var(--paper);max-width:1080px;margin:0 auto;padding:24px 16px 64px;box-sizing:border-box}
h1{font-size:1.75rem;line-height:1.2;margin:.6em 0 .3em}h2{margin:2.6em 0 .2em;font-size:1.3rem}.lead,.question,.invitation{max-width:44em}
.question{font-size:1.05em;margin:.2em 0}.invitation{color:var(--muted);margin:.2em 0 1em}footer{margin-top:4em;color:var(--muted);font-size:.85rem;max-width:44em}
@media print{body{max-width:none;font-size:12pt}section{break-inside:avoid}}`;

/** All explorables as one HTML text, in the order in which they are taught. It loads nothing and sends nothing. */
export function explorePage(): string {
  const data = exploreData(article, true);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<title>million-packets: explore</title>
<style>${colourStyle}
${pageStyle}
${exploreStyle}
${pictureStyle}</style></head><body>
<h1>How many UDP packets per second can a Linux box receive, and what stops it?</h1>
<p class="lead">Drag anything. Every picture is drawn by the model of the kit itself, in this page, for the host of the article
<i>How to receive a million packets per second</i> (M. Majkowski, 2015), with the costs that were fitted to it. Nothing is typed in, nothing is fetched.</p>
${explorables.map((explorable) => section(explorable, data)).join('\n')}
<footer><p>The host: ${escapeXml(data.host.origin)}</p><p>These are predictions of a fluid model in steady state; the notebooks of the kit set them beside measurements.</p></footer>
<script>${exploreScript()}</script>
<script>millionPacketsExplore.mount(document, ${scriptJson(data)});</script>
</body></html>
`;
}

function section(explorable: (typeof explorables)[number], data: ExploreData): string {
  return `<section id="${explorable.name}"><h2>${escapeXml(explorable.title)}</h2>
<p class="question">${escapeXml(explorable.question)}</p><p class="invitation">${escapeXml(explorable.invitation)}</p>
${explorableHtml(explorable, data)}</section>`;
}
