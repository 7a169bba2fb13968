// The feedback that learners read once answers may be shown.
import type { Question } from '@cuepoint/contracts'
import { RichTextField } from '../rich-text/field.tsx'
import { t } from '../words.ts'
import { feedbackTexts } from './feedback-texts.ts'

export function Feedback({ question, onQuestion }: { question: Question; onQuestion(question: Question): void }) {
  return (
    <>
      <p className="au-hint">{t('feedbackHint')}</p>
      {feedbackTexts(question).map((text) => (
        <RichTextField key={text.key} inline label={text.label} value={text.html} onValue={(html) => onQuestion(text.with(html))} />
      ))}
    </>
  )
}
