// The words of an instructor's what next.
import type { AdvicePlanView } from '@cuepoint/contracts'
import { whatNextMessages } from '../../messages/en/what-next.ts'
import { words } from '../../shell/text.ts'

export const t = words(whatNextMessages)

/** An activity that a rule can name. Of one that nobody has opened it is not known whether the course has a link to it. */
export function nameOf({ title, placed }: AdvicePlanView['activities'][number]): string {
  return placed ? title : t('notPlaced', { title })
}
