import { type Advice, type Ailment, generic } from './advice.ts'
import { blackboard } from './blackboard.ts'
import { brightspace } from './brightspace.ts'
import { canvas } from './canvas.ts'
import { moodle } from './moodle.ts'

const special: Record<string, Partial<Advice>> = { canvas, moodle, blackboard, brightspace }

/** What to do about it in this LMS. */
export function adviceFor(lms: string, ailment: Ailment): string {
  return special[lms]?.[ailment] ?? generic[ailment]
}
