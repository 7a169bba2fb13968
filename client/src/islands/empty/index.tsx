// Seen by a learner whose link points at no activity yet.
import type { LaunchData } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { shellMessages } from '../../messages/en/shell.ts'
import { WordsPage } from '../../shell/page.tsx'
import { words } from '../../shell/text.ts'

const t = words(shellMessages)

export function Island({ launch }: { launch: LaunchData }) {
  const { returnUrl } = launch.session.platform
  return (
    <WordsPage
      title={t('empty.title')}
      actions={
        returnUrl ? (
          <Button href={returnUrl} target="_top">
            {t('backToCourse')}
          </Button>
        ) : null
      }
    >
      <p>{t('empty')}</p>
    </WordsPage>
  )
}
