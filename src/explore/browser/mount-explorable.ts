import type { Control, Settings } from '../control.js';
import type { Explorable } from '../explorable.js';
import type { ExploreData } from '../explore-data.js';
import { initialSettings } from '../initial-settings.js';
import { sliderScale } from '../slider-scale.js';

/** Brings the HTML that explorableHtml() wrote to life: draws anew, once a frame, whatever a reader changes. */
export function mountExplorable(root: HTMLElement, explorable: Explorable, data: ExploreData): void {
  const part = (selector: string) => root.querySelector<HTMLElement>(selector) ?? missing(selector);
  const [picture, card, form] = [part('.picture'), part('.card'), part('form') as HTMLFormElement];
  const controls = explorable.controls(data);
  const settings = initialSettings(controls);
  let isDue = false;
  const draw = () => {
    isDue = false;
    try {
      const drawing = explorable.draw(settings, Math.max(300, Math.floor(picture.clientWidth)), data);
      picture.innerHTML = drawing.svg;
      card.innerHTML = drawing.card;
    } catch (error) {
      // The picture stays at what last made sense; textContent, because the message repeats what was typed.
      card.innerHTML = '<p class="refusal"></p>';
      (card.firstElementChild as HTMLElement).textContent = error instanceof Error ? error.message : String(error);
    }
  };
  const drawSoon = () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(draw);
  };
  form.addEventListener('input', ({ target }) => {
    const control = controls.find(({ name }) => name === (target as HTMLInputElement).name);
    if (control) take(control, target as HTMLInputElement, settings);
    drawSoon();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => {
    Object.assign(settings, initialSettings(controls));
    // The browser resets its controls after this event.
    requestAnimationFrame(() => {
      for (const control of controls) if (control.kind === 'range') say(control.format(control.initial), field(form, control.name));
      draw();
    });
  });
  new ResizeObserver(drawSoon).observe(picture);
  draw();
}

/** Reads one control into the settings and says its new value. */
function take(control: Control, input: HTMLInputElement, settings: Settings): void {
  if (control.kind !== 'range') {
    settings[control.name] = input.value;
    return;
  }
  const value = sliderScale(control).valueAt(input.valueAsNumber);
  settings[control.name] = value;
  say(control.format(value), input);
}

function say(text: string, input: HTMLInputElement): void {
  input.setAttribute('aria-valuetext', text);
  const output = input.closest('label')?.querySelector('output');
  if (output) output.textContent = text;
}

function field(form: HTMLFormElement, name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement;
}

function missing(selector: string): never {
  throw new Error(`mountExplorable: root must hold ${selector}, as explorableHtml() writes it`);
}
