// Catches what an island threw while rendering, and says so in words instead of a blank frame.

import { Component, type ReactNode } from 'react'
import { shellMessages } from '../messages/en/shell.ts'
import { PartMissing } from './lazy.ts'
import { WordsPage } from './page.tsx'
import { PlainButton } from './plain-button.tsx'
import { ProblemPage } from './problem.tsx'
import { words } from './text.ts'

const t = words(shellMessages)
const reload = () => location.reload()

export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    const { error } = this.state
    if (error === null) return this.props.children
    if (error instanceof PartMissing) return <ProblemPage error={error} onRetry={reload} />
    return (
      <WordsPage title={t('crash.title')} actions={<PlainButton onClick={reload}>{t('reloadPage')}</PlainButton>}>
        <p>{t('crash')}</p>
      </WordsPage>
    )
  }
}
