// What looks like personal data in the file's name or its captions, to be looked at before publishing.
import type { Finding } from '@cuepoint/contracts'
import { clockOf } from '../../../../shell/clock-time.ts'
import { Notice } from '../../../../shell/notice.tsx'
import { vt } from '../words.ts'

export function Findings({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return null
  return (
    <Notice kind="warning" title={vt('findings')}>
      <p>{vt('findingsWhy')}</p>
      <ul className="au-missing">
        {findings.map(({ kind, where, atSeconds, excerpt }) => (
          <li key={`${kind} ${where} ${atSeconds} ${excerpt}`}>
            “{excerpt}”: {vt(`finding.${kind}`)} {vt(`findingIn.${where}`, { time: clockOf(atSeconds ?? 0) })}
          </li>
        ))}
      </ul>
      <p>{vt('stripped')}</p>
    </Notice>
  )
}
