import type { RecordedRuns } from '../records/read-runs.js';
import { writeWhole } from '../records/write-whole.js';
import { reportPage } from './report-page.js';

/** Writes the report: one HTML file that needs no network, no script and no other file. */
export function writeReport(file: string, recorded: RecordedRuns): void {
  writeWhole(file, reportPage(recorded));
}
