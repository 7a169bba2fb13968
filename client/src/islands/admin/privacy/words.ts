import { privacyMessages } from '../../../messages/en/admin-privacy.ts'
import { words } from '../../../shell/text.ts'

export const t = words(privacyMessages)

const told = ['courses', 'attempts', 'answers', 'results', 'events', 'statements'] as const

/** Rows by table, in words; what has no word of its own is summed up. */
export function countsIn(counts: Readonly<Record<string, unknown>>): string {
  const number = (name: string): number => (typeof counts[name] === 'number' ? counts[name] : 0)
  const parts = told.flatMap((name) => (number(name) > 0 ? [t(`count.${name}`, { n: number(name) })] : []))
  const others = Object.keys(counts)
    .filter((name) => !(told as readonly string[]).includes(name))
    .reduce((sum, name) => sum + number(name), 0)
  if (others > 0) parts.push(t('count.other', { n: others }))
  return parts.length > 0 ? parts.join(', ') : t('count.nothing')
}
