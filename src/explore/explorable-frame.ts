import { createHash } from 'node:crypto';
import { image } from '../plot/image.js';
import { article } from '../records/article.js';
import type { Explorable } from './explorable.js';
import { explorableHtml } from './explorable-html.js';
import { explorablePicture } from './explorable-picture.js';
import { exploreData } from './explore-data.js';
import { exploreScript } from './explore-script.js';
import { colourStyle, exploreStyle, pictureStyle } from './explore-style.js';
import { scriptJson } from './script-json.js';

/**
 * HTML of an explorable for a page of somebody else, such as the output of a notebook cell: a picture and, where scripts run, a frame in its
 * place. The frame is sandboxed, so that the page's styles, key bindings and secrets stay outside. Where scripts do not run the picture stays.
 */
export function explorableFrame(explorable: Explorable): string {
  const data = exploreData(article, explorable.usesArticle);
  const document = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${explorable.title}</title><style>${colourStyle}
body{margin:0;padding:8px;background:var(--paper)}
${exploreStyle}
${pictureStyle}</style></head><body>${explorableHtml(explorable, data, { svg: '', card: '' })}
<script>${exploreScript()}
millionPacketsExplore.mount(document, ${scriptJson(data)});
new ResizeObserver(() => parent.postMessage({ heightPx: document.documentElement.offsetHeight }, '*')).observe(document.documentElement);</script></body></html>`;
  const id = `explorable-${createHash('sha256').update(document).digest('hex').slice(0, 8)}`;
  return `<div class="${id}">${image(explorablePicture(explorable, data))}
<p>This figure follows sliders where scripts may run: run the cell, or trust the notebook.</p></div>
<script>
for (const place of document.querySelectorAll('.${id}')) {
  const frame = document.createElement('iframe');
  frame.title = ${scriptJson(explorable.title)};
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.style.cssText = 'width:100%;height:620px;border:0';
  addEventListener('message', ({ source, data }) => { if (source === frame.contentWindow) frame.style.height = data.heightPx + 'px'; });
  frame.srcdoc = ${scriptJson(document)};
  place.replaceChildren(frame);
}
</script>`;
}
