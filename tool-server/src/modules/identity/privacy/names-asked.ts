// An institution may withhold its learners' names from teachers. Who grades by hand must know whom they grade: a teacher asks for the
// names of the class, for the session, and that is written down as a look.
import type { Caller } from '@cuepoint/contracts'
import { now } from '../../../kernel/clock.ts'
import { queryAlone } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { noteLook } from './looks.ts'

/** names: nothing is withheld. withheld: numbers. asked: the institution withholds them, and this session asked for them. */
export type NamesHere = 'names' | 'withheld' | 'asked'

/** What holds for lists of learners and for their work; dashboards and advice keep to numbers whatever was asked for. */
export async function namesHere({ institutionId, sessionId }: Caller): Promise<NamesHere> {
  const [row] = await queryAlone<{ withheld: boolean; asked: boolean }>(
    `select coalesce((select pseudonyms from privacy_settings where institution_id = $1), false) as withheld,
       exists (select from sessions where id = $2 and names_asked_at is not null) as asked`,
    [institutionId, sessionId],
    'privacy-names-here',
  )
  if (!row?.withheld) return 'names'
  return row.asked ? 'asked' : 'withheld'
}

export async function askForNames(caller: Caller, placementId: string): Promise<void> {
  if ((await namesHere(caller)) === 'names') return
  // Written before anything is shown.
  await noteLook(caller, { what: 'class-names', personId: null, placementId })
  await queryAlone('update sessions set names_asked_at = coalesce(names_asked_at, $2) where id = $1', [caller.sessionId, now()])
}

/** names_withheld, unless names may stand here. Of `personId` they may where the LMS's gradebook opened this very person's work. */
export async function assertNames(caller: Caller, personId: string | null): Promise<void> {
  if (personId !== null && (personId === caller.personId || personId === caller.review?.personId)) return
  if ((await namesHere(caller)) === 'withheld')
    throw new AppError(
      'names_withheld',
      'Your institution shows learners by numbers. To grade by hand, ask for their names on the list of learners.',
    )
}
