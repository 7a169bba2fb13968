// The published signing keys, each with what it does and for how long, counted down.
import type { RegistrationDesk } from '@cuepoint/contracts'
import { useEffect, useMemo, useState } from 'react'
import { dayAndTime } from '../../../shell/locale.ts'
import { leftInWords } from './left.ts'
import { t } from './words.ts'

type Keys = RegistrationDesk['keys']

export function KeyList({ keys, serverNow }: { keys: Keys; serverNow: string }) {
  const now = useServerClock(serverNow)
  const coming = keys.find(({ state }) => state === 'coming')
  return (
    <ul className="admin-keys">
      {keys.map((key) => (
        <li key={key.kid}>
          <code>{key.kid}</code>: {wordsOf(key, coming, now)}
        </li>
      ))}
    </ul>
  )
}

function wordsOf({ state, signsFrom, publishedUntil }: Keys[number], coming: Keys[number] | undefined, now: number): string {
  const until = { coming: signsFrom, signing: coming?.signsFrom, leaving: publishedUntil }[state]
  if (!until) return t('key.signing')
  const left = leftInWords((Date.parse(until) - now) / 1000)
  return t(state === 'signing' ? 'key.signingUntil' : `key.${state}`, { left, time: dayAndTime(until) })
}

/** The server's time in ms, second by second. The reader's clock may be wrong: only its progress is used. */
function useServerClock(serverNow: string): number {
  const ahead = useMemo(() => Date.parse(serverNow) - Date.now(), [serverNow])
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return Date.now() + ahead
}
