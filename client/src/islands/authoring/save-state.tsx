// Whether the draft is safe, in words that always say when or what next.
import { clockTime, dayAndTime } from '../../shell/locale.ts'
import type { SaveState } from './draft/draft-keeper.ts'
import { canBeMended, isGone, sessionIsOver } from './draft/refusal.ts'
import { Icon } from './fields/icon.tsx'
import { t } from './words.ts'

const isToday = (instant: string) => new Date(instant).toDateString() === new Date().toDateString()

export function sayState(save: SaveState): string {
  switch (save.at) {
    case 'saved':
      return isToday(save.savedAt) ? t('saved', { time: clockTime(save.savedAt) }) : t('savedOn', { time: dayAndTime(save.savedAt) })
    case 'waiting':
      return t('waiting')
    case 'saving':
      return t('saving')
    case 'publishing':
      return t('publishing')
    case 'conflict':
      return t('notSavedConflict')
    case 'failed':
      if (sessionIsOver(save.error)) return t('notSavedSession')
      if (isGone(save.error)) return t('notSavedGone')
      if (save.retryAt !== null) return t('notSavedRetry')
      return canBeMended(save.error) ? t('notSavedRefused', { reason: (save.error as Error).message }) : t('notSavedSession')
  }
}

export function SaveWords({ save }: { save: SaveState }) {
  const bad = save.at === 'failed' || save.at === 'conflict'
  return (
    <p className="au-save" data-state={bad ? 'bad' : save.at}>
      {bad && <Icon name="warn" />}
      {save.at === 'saved' && <Icon name="check" />}
      <span>{sayState(save)}</span>
    </p>
  )
}
