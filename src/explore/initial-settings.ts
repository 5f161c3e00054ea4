import type { Control, Settings } from './control.js';

/** The settings before anyone touched a control. */
export function initialSettings(controls: readonly Control[]): Settings {
  return Object.fromEntries(controls.map(({ name, initial }) => [name, initial]));
}
