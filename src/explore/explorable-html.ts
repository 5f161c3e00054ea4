import { escapeXml } from '../plot/escape-xml.js';
import type { Control, RangeControl } from './control.js';
import type { Drawing, Explorable } from './explorable.js';
import type { ExploreData } from './explore-data.js';
import { firstDrawing } from './first-drawing.js';
import { sliderScale } from './slider-scale.js';

/**
 * HTML of an explorable at its initial settings: controls and picture, complete without a script.
 *
 * @param drawing what is shown first; an empty one where a script draws at once
 */
export function explorableHtml(explorable: Explorable, data: ExploreData, drawing: Drawing = firstDrawing(explorable, data)): string {
  const { name, title } = explorable;
  const { svg, card } = drawing;
  const controls = explorable.controls(data);
  const minor = controls.filter((control) => isMinor(control));
  const more = minor.length
    ? `<details><summary>more</summary><div class="controls">${minor.map((control) => controlHtml(name, control)).join('')}</div></details>`
    : '';
  return `<div class="explorable" data-explorable="${name}" role="group" aria-label="${escapeXml(title)}"><div class="layout">
<div class="picture">${svg}</div>
<form autocomplete="off"><div class="controls">${controls
    .filter((control) => !isMinor(control))
    .map((control) => controlHtml(name, control))
    .join('')}</div>${more}<button type="reset">as at first</button></form>
<div class="card" aria-live="polite">${card}</div>
</div></div>`;
}

function isMinor(control: Control): boolean {
  return control.kind === 'range' && control.isMinor === true;
}

function controlHtml(explorable: string, control: Control): string {
  const id = `${explorable}-${control.name}`;
  const label = escapeXml(control.label);
  switch (control.kind) {
    case 'range':
      return rangeHtml(id, label, control);
    case 'choice':
      return `<label for="${id}"><span>${label}</span><select id="${id}" name="${control.name}">${control.options
        .map(
          ({ value, label: text }) =>
            `<option value="${escapeXml(value)}"${value === control.initial ? ' selected' : ''}>${escapeXml(text)}</option>`,
        )
        .join('')}</select></label>`;
    case 'text':
      return `<label for="${id}"><span>${label}</span><input type="text" id="${id}" name="${control.name}" value="${escapeXml(control.initial)}" spellcheck="false"></label>`;
  }
}

function rangeHtml(id: string, label: string, control: RangeControl): string {
  const { min, max, step, positionOf } = sliderScale(control);
  const text = escapeXml(control.format(control.initial));
  return `<label for="${id}"><span>${label} <output for="${id}">${text}</output></span><input type="range" id="${id}" name="${control.name}" min="${min}" max="${max}" step="${step}" value="${positionOf(control.initial)}" aria-valuetext="${text}"></label>`;
}
