// A statement that is true or false.
import { ChooseOne } from '../fields/choose-one.tsx'
import { t } from '../words.ts'
import type { Editing } from './editing.ts'

export function TrueFalseEditor({ question: { correct }, onChange }: Editing<'true-false'>) {
  return (
    <ChooseOne
      legend={t('statementIs')}
      value={correct ? 'true' : 'false'}
      ways={[
        { value: 'true', label: t('true') },
        { value: 'false', label: t('false') },
      ]}
      onValue={(value) => onChange({ correct: value === 'true' })}
    />
  )
}
