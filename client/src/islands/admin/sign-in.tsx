// The sign-in page: how to get a link, and what was wrong with the one that was used.
import { Button } from '@instructure/ui-buttons'
import { TextInput } from '@instructure/ui-text-input'
import { type FormEvent, useState } from 'react'
import { ApiProblem, Unreachable } from '../../api/call.ts'
import { Notice } from '../../shell/notice.tsx'
import { WordsPage } from '../../shell/page.tsx'
import { linkIn } from './session.ts'
import { t } from './words.ts'

export type Because = 'new' | 'out' | 'over'

function wordsOf(error: unknown): string {
  if (error instanceof Unreachable) return t('problem.unreachable')
  if (!(error instanceof ApiProblem)) return t('problem.other', { code: '–' })
  const { code, problem } = error
  if (code === 'admin_link_unknown' || code === 'admin_link_used' || code === 'admin_link_expired' || code === 'rate_limited')
    return t(`problem.${code}`)
  return t('problem.other', { code: problem.supportCode })
}

export function SignIn({ because, error, onLink }: { because: Because; error: unknown; onLink(link: string): void }) {
  const [text, setText] = useState('')
  const [said, setSaid] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    const link = linkIn(text)
    setSaid(link ? '' : t(text.trim() ? 'problem.admin_link_unknown' : 'signIn.empty'))
    if (link) onLink(link)
  }
  const title = { new: t('signIn.title'), out: t('signedOut.title'), over: t('over.title') }[because]
  return (
    <WordsPage title={title}>
      {error ? (
        <Notice kind="danger" role="alert">
          <p>{wordsOf(error)}</p>
        </Notice>
      ) : null}
      <p>{t(because === 'over' ? 'over.how' : 'signIn.how')}</p>
      <pre className="admin-command">npm run platform -- admin-link</pre>
      <form onSubmit={send} noValidate>
        <TextInput
          renderLabel={t('signIn.paste')}
          value={text}
          onChange={(_event, value) => setText(value)}
          messages={said ? [{ type: 'newError', text: said }] : []}
          // The link is a secret: no browser should offer it again.
          autoComplete="off"
        />
        <div className="cp-actions">
          <Button type="submit" color="primary">
            {t('signIn.go')}
          </Button>
        </div>
      </form>
    </WordsPage>
  )
}
