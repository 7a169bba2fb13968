// How each LMS differs, as data: one file per LMS, all of one shape.
import { blackboard } from './blackboard.ts'
import { brightspace } from './brightspace.ts'
import { canvas } from './canvas.ts'
import { generic } from './generic.ts'
import type { Lms } from './lms.ts'
import { moodle } from './moodle.ts'

export type { Lms, RefusalCode } from './lms.ts'

const all: readonly Lms[] = [canvas, moodle, blackboard, brightspace, generic]
export const lmsNames: readonly string[] = all.map((it) => it.name)

/** The LMS that calls itself so in its configuration; undefined = none that we know. */
export function lmsOfFamily(family: string): Lms | undefined {
  return all.find((it) => it.families.some((known) => known.toLowerCase() === family.toLowerCase()))
}

/** The adapter of a registration's `lms`; generic for a name we do not know. */
export function lmsOf(name: string): Lms {
  return all.find((it) => it.name === name) ?? generic
}
