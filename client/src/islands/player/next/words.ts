// The words of advice; why it is given, as one sentence.
import type { Advice } from '@cuepoint/contracts'
import { adviceMessages } from '../../../messages/en/advice.ts'
import { listing, percent } from '../../../shell/locale.ts'
import { words } from '../../../shell/text.ts'

export const t = words(adviceMessages)

export function whyOf({ reason, from }: Advice): string {
  const easier = 'easier' in reason && reason.easier ? ` ${t('easier')}` : ''
  return t('why', { reason: t(`reason.${reason.code}`, { ...figuresOf(reason), from: from.title }) }) + easier
}

function figuresOf(reason: Advice['reason']): Record<string, string | number> {
  switch (reason.code) {
    case 'topic-wrong':
      return { topic: reason.topic, wrong: reason.wrong }
    case 'chosen-topics':
      return { topics: listing(reason.topics.map((topic) => `“${topic}”`)) }
    case 'chosen-next':
      return {}
    default:
      return { share: percent(reason.share), limit: percent(reason.limit) }
  }
}
