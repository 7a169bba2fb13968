// What the frame shows once the quiz goes on in a tab of its own.
import { Button } from '@instructure/ui-buttons'
import { shellMessages } from '../../messages/en/shell.ts'
import { launchAgain } from '../../shell/launch.ts'
import { WordsPage } from '../../shell/page.tsx'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useRelight } from '../../shell/relight.ts'
import { words } from '../../shell/text.ts'
import { useAction } from '../../shell/use-action.ts'

const t = words(shellMessages)

export function Elsewhere() {
  const relight = useRelight()
  const goOn = useAction(async () => {
    const launch = await launchAgain()
    if (launch) relight(launch)
  })
  return (
    <WordsPage title={t('elsewhere.title')} actions={<Button onClick={() => void goOn.start()}>{t('continueHere')}</Button>}>
      <ProblemAlert error={goOn.error} />
      <p>{t('elsewhere')}</p>
    </WordsPage>
  )
}
