// The moment between our answer and the LMS's page: says so, and says what to do when the LMS does not come.
import { useEffect, useState } from 'react'
import { StepHeading } from './step-heading.tsx'
import { t } from './words.ts'

const LONG_MS = 12_000

export function Handing({ platform, leaving }: { platform: string; leaving: boolean }) {
  const [long, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <main className="picker picker-handing" aria-busy={!long}>
      <StepHeading>{t(leaving ? 'leaving' : 'handing', { platform })}</StepHeading>
      <p role="status">{long && t('handingLong', { platform })}</p>
    </main>
  )
}
