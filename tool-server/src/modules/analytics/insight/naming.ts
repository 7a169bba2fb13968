// The learners of a dashboard by numbers instead of names: in the order of the numbers, because theirs tells who is who.
import type { Caller, LearnerInsight } from '@cuepoint/contracts'
import { pseudonymsFor } from '../../identity/index.ts'

export async function withoutNames(caller: Caller, learners: readonly LearnerInsight[]): Promise<LearnerInsight[]> {
  const known = await pseudonymsFor(
    caller,
    learners.map(({ personId }) => personId),
  )
  return learners
    .flatMap((one) => {
      const pseudonym = known.get(one.personId)
      return pseudonym ? [{ ...one, personId: pseudonym.id, name: '', number: pseudonym.number }] : []
    })
    .sort((a, b) => a.number - b.number)
}
