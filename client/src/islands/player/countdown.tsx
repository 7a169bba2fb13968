// The time that is left, by the server's clock; said aloud at five minutes and at one.
import { useEffect, useMemo, useRef, useState } from 'react'
import { announce } from '../../shell/live-region.tsx'
import { lengthAsClock } from './length.ts'
import { t } from './questions/kind.ts'

export function Countdown({ deadlineAt, serverNow, onEnd }: { deadlineAt: string; serverNow: string; onEnd(): void }) {
  // The reader's clock may be wrong by hours; only its progress is used.
  const endsAt = useMemo(() => Date.now() + Date.parse(deadlineAt) - Date.parse(serverNow), [deadlineAt, serverNow])
  const leftNow = () => Math.max(0, Math.ceil((endsAt - Date.now()) / 1000))
  const [left, setLeft] = useState(leftNow)
  const latest = useRef({ onEnd, left: Number.POSITIVE_INFINITY })
  latest.current.onEnd = onEnd
  useEffect(() => {
    const tick = () => {
      const before = latest.current.left
      const now = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000))
      latest.current.left = now
      setLeft(now)
      if (before > 300 && now <= 300 && now > 60) announce(t('time.five'), 'assertive')
      if (before > 60 && now <= 60 && now > 0) announce(t('time.one'), 'assertive')
      if (now > 0) return
      clearInterval(timer)
      latest.current.onEnd()
    }
    const timer = setInterval(tick, 500)
    return () => clearInterval(timer)
  }, [endsAt])
  return (
    <p className={`cpq-time${left <= 60 ? ' cpq-time-short' : ''}`} role="timer">
      {t('timeLeft')} <strong>{lengthAsClock(left)}</strong>
    </p>
  )
}
