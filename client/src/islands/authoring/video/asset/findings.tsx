// What looks like personal data in the file's name or its captions, to be looked at before publishing: in the server's words.
import type { DraftIssue } from '@cuepoint/contracts'
import { Notice } from '../../../../shell/notice.tsx'
import { vt } from '../words.ts'

export function Findings({ warnings }: { warnings: readonly DraftIssue[] }) {
  if (warnings.length === 0) return null
  return (
    <Notice kind="warning" title={vt('findings')}>
      <p>{vt('findingsWhy')}</p>
      <ul className="au-missing">
        {warnings.map(({ message }) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
      <p>{vt('stripped')}</p>
    </Notice>
  )
}
