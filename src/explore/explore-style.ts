import { palette } from '../plot/palette.js';

const { fates } = palette;
const light = `--ink:${palette.ink};--muted:#5a5f66;--grid:${palette.grid};--paper:${palette.paper};--panel:#f5f6f7;--delivered:${fates.delivered};--stream:#7fb8dc;--socket:${fates.socketBuffer};--ring:${fates.nicRing};--lost:#a84300;--busy:#cfe5f4;--hot:#f3c9a8;--working:#cbb4dd;--focus:#0b57d0`;
const dark = `--ink:#e8eaed;--muted:#a8aeb6;--grid:#3a3f46;--paper:#15181c;--panel:#1f242a;--delivered:#56a9e0;--stream:#2f6d99;--socket:#e8743b;--ring:#e8ab2e;--lost:#ff9d5c;--busy:#204a66;--hot:#7a4420;--working:#5b4575;--focus:#8ab4f8`;

/** Rules of what is drawn. They go into pages, and into a picture that stands alone. */
export const pictureStyle = `.figure{font:12px system-ui,'Segoe UI',Roboto,Helvetica,Arial,'DejaVu Sans',sans-serif;fill:var(--ink)}
.figure .small{font-size:11px}.figure .tiny{font-size:9px}.figure .number{font-variant-numeric:tabular-nums}.figure .strong{font-weight:650}
.figure .muted{fill:var(--muted)}.figure .lost{fill:var(--lost)}.figure .halo{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.figure .grid{stroke:var(--grid);fill:none}.figure .axis{stroke:var(--ink);fill:none}
.figure .published{stroke:var(--ink);stroke-width:3;fill:none}.figure .range{stroke:var(--ink);stroke-width:1;fill:none}
.figure .delivered{fill:var(--delivered)}.figure .lost-nicRing{fill:var(--ring)}.figure .lost-socketBuffer{fill:var(--socket)}
.figure .chosen{fill:var(--panel);stroke:var(--grid)}
.figure .was{stroke:var(--lost);stroke-width:2;fill:none}
.figure .stream{fill:var(--stream)}.figure .flow{fill:none;stroke:var(--paper);stroke-width:1.4;stroke-dasharray:2 8;opacity:.85}
.figure .box{fill:var(--paper);stroke:var(--muted)}.figure .idle{fill:none;stroke:var(--muted);stroke-dasharray:2 2}
.figure .outline{fill:none;stroke:var(--muted)}.figure .outline.limit{stroke:var(--lost);stroke-width:2.5}
.figure .waiting,.figure .busy{fill:var(--busy)}.figure .overfull,.figure .hot{fill:var(--hot)}.figure .working{fill:var(--working)}
.figure .bit{fill:none;stroke:var(--grid)}.figure .bit.set{fill:var(--ink)}.figure .bit.unused.set{fill:var(--grid)}.figure .on-set{fill:var(--paper)}
.figure .ring{fill:none;stroke:var(--lost);stroke-width:2.5}.figure .on-colour{fill:#14171a}
.figure .now{stroke:var(--ink);stroke-dasharray:3 3;fill:none}.figure .now-dot{fill:var(--paper);stroke:var(--ink);stroke-width:2.5}
@media (prefers-reduced-motion:no-preference){.figure .flow{animation:flow .9s linear infinite}}
@keyframes flow{to{stroke-dashoffset:-10}}`;

/** Colours of the reader's choice; on paper always light. `:host` is a shadow root's name for what it is in. */
export const colourStyle = `:root,:host{${light};color-scheme:light dark}
@media screen and (prefers-color-scheme:dark){:root,:host{${dark}}}`;

/** Colours of pictures that stand alone, whose ground is white like that of every chart. */
export const lightStyle = `:root{${light}}`;

/** Rules of the controls and of the page of one explorable: beside the picture where there is room, under it on a phone. */
export const exploreStyle = `.explorable{container-type:inline-size;color:var(--ink);font:14px/1.45 system-ui,'Segoe UI',Roboto,Helvetica,Arial,'DejaVu Sans',sans-serif;display:block}
.explorable .picture{min-width:0;overflow-x:auto}.explorable svg{display:block;max-width:100%;height:auto}
.explorable form{margin:10px 0}.explorable .controls{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:8px 18px}
.explorable label{display:block;font-size:12.5px}.explorable label span{display:flex;justify-content:space-between;gap:8px;color:var(--muted)}
.explorable output{color:var(--ink);font-weight:600;font-variant-numeric:tabular-nums;white-space:nowrap}
.explorable input,.explorable select{width:100%;margin:2px 0 0;box-sizing:border-box;font:inherit;accent-color:var(--delivered)}
.explorable input[type=range]{height:24px}.explorable input[type=text],.explorable select{padding:4px 6px;color:var(--ink);background:var(--paper);border:1px solid var(--muted);border-radius:4px}
.explorable :focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:4px}
.explorable button{margin-top:10px;font:inherit;font-size:12.5px;padding:4px 10px;color:var(--ink);background:var(--panel);border:1px solid var(--muted);border-radius:4px;cursor:pointer}
.explorable details{margin-top:8px}.explorable summary{cursor:pointer;font-size:12.5px;color:var(--muted);padding:4px 0}
.explorable .card{background:var(--panel);border-radius:6px;padding:2px 14px}.explorable .card p{margin:8px 0}.explorable .card .muted{color:var(--muted);font-size:12.5px}
.explorable .refusal{color:var(--lost);font-weight:600}
.explorable h4{margin:10px 0 4px;font-size:14px}
.explorable ul{list-style:none;margin:6px 0;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:2px 20px}
.explorable li{display:grid;grid-template-columns:4em 1fr 4em;gap:8px;align-items:center;font-size:12.5px}.explorable li .number{text-align:right;font-variant-numeric:tabular-nums}
.explorable li.limiting{color:var(--lost);font-weight:650}.explorable meter{width:100%;height:12px}
@container (min-width:860px){.explorable .layout{display:grid;grid-template:"form picture" auto "form card" 1fr/230px 1fr;gap:10px 32px}.explorable .picture{grid-area:picture}.explorable form{grid-area:form;margin:0}.explorable .card{grid-area:card}.explorable .controls{grid-template-columns:1fr;gap:6px}}
@media print{.explorable{break-inside:avoid}.explorable input[type=range],.explorable button,.explorable summary{display:none}.explorable .picture{overflow:visible}}`;
