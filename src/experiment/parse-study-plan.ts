import { studyPlanSchema } from './schemas.js';
import type { StudyPlan } from './study.js';
import { validator } from './validator.js';

const validate = validator<StudyPlan>(studyPlanSchema);

/**
 * Turns plain JSON into a StudyPlan.
 *
 * @throws {InputError} with one line that names field, rule and value
 */
export function parseStudyPlan(value: unknown, where = 'study plan'): StudyPlan {
  return validate(value, where);
}
