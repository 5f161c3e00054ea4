import type { Command } from '../command.js';
import { article } from './article.js';
import { calibrate } from './calibrate.js';
import { compare } from './compare.js';
import { doctor } from './doctor.js';
import { explain } from './explain.js';
import { exportCommand } from './export.js';
import { hosts } from './hosts.js';
import { lab } from './lab.js';
import { lessons } from './lessons.js';
import { measure } from './measure.js';
import { predict } from './predict.js';
import { report } from './report.js';
import { score } from './score.js';
import { search } from './search.js';
import { simulate } from './simulate.js';
import { start } from './start.js';
import { study } from './study.js';
import { sweep } from './sweep.js';
import { watch } from './watch.js';

/** Every command of mpps, in the order of the help. */
export const commands: Record<string, Command> = {
  start,
  article,
  predict,
  simulate,
  explain,
  measure,
  study,
  search,
  sweep,
  calibrate,
  score,
  compare,
  report,
  export: exportCommand,
  hosts,
  lab,
  watch,
  doctor,
  lessons,
};
