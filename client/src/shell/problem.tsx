// Turns a failed call into plain words: what happened, what to do, and the support code to read out to whoever helps.

import { ApiProblem, Unreachable } from '../api/call.ts'
import { shellMessages } from '../messages/en/shell.ts'
import { PartMissing } from './lazy.ts'
import { Notice } from './notice.tsx'
import { WordsPage } from './page.tsx'
import { PlainButton } from './plain-button.tsx'
import { words } from './text.ts'

const t = words(shellMessages)

/** Heading, sentence and support code of any thrown thing. `lasting`: trying again cannot help. */
export interface Explained {
  title: string
  detail: string
  supportCode: string | null
  lasting: boolean
}

/** True when the server no longer knows this session: only the LMS can open a new one. */
export function isSessionOver(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 401
}

function explain(error: unknown): Explained {
  if (error instanceof ApiProblem) {
    const { code, problem } = error
    const known = `problem.${isSessionOver(error) ? 'session_expired' : code}`
    const said = known in shellMessages
    return {
      title: said ? t(`${known}.title` as never) : problem.title,
      detail: said ? t(known as never) : (problem.detail ?? t('problem.other')),
      supportCode: problem.supportCode || null,
      lasting: error.status < 500 && error.status !== 429 && code !== 'draft_conflict',
    }
  }
  const name = error instanceof Unreachable ? 'unreachable' : error instanceof PartMissing ? 'part' : 'other'
  return { title: t(`problem.${name}.title`), detail: t(`problem.${name}`), supportCode: null, lasting: false }
}

export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  if (error === null || error === undefined) return null
  const { title, detail, supportCode, lasting } = explain(error)
  return (
    <Notice
      kind="danger"
      role="alert"
      title={title}
      actions={onRetry && !lasting ? <PlainButton onClick={onRetry}>{t('tryAgain')}</PlainButton> : null}
    >
      <p>{detail}</p>
      {supportCode ? <p className="cp-support">{t('supportCode', { code: supportCode })}</p> : null}
    </Notice>
  )
}

/** The same as a whole page, with its heading: where there is nothing else to show. */
export function ProblemPage({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { title, detail, supportCode, lasting } = explain(error)
  return (
    <WordsPage title={title} actions={onRetry && !lasting ? <PlainButton onClick={onRetry}>{t('tryAgain')}</PlainButton> : null}>
      <p>{detail}</p>
      {supportCode ? <p className="cp-support">{t('supportCode', { code: supportCode })}</p> : null}
    </WordsPage>
  )
}
