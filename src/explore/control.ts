/** A quantity to drag. */
export interface RangeControl {
  kind: 'range';
  name: string;
  label: string;
  low: number;
  high: number;
  initial: number;
  /** Distance of two values; left out: any value. */
  step?: number;
  /** Logarithmic where ratios matter, from a `low` above 0. */
  scale: 'linear' | 'log';
  /** The value for people, with its unit. */
  format: (value: number) => string;
  /** Put away until asked for. */
  isMinor?: boolean;
}

/** One of a few. */
export interface ChoiceControl {
  kind: 'choice';
  name: string;
  label: string;
  options: { value: string; label: string }[];
  initial: string;
}

/** Something to type, such as an address. */
export interface TextControl {
  kind: 'text';
  name: string;
  label: string;
  initial: string;
}

/** What a reader sets. */
export type Control = RangeControl | ChoiceControl | TextControl;

/** Values of controls by name: numbers of ranges, strings of the others. */
export type Settings = Record<string, number | string>;
