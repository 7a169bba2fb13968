// What an author fills in for one question: prompt, what its kind asks for, points, feedback, topics; and how learners will see it.
import type { Question } from '@cuepoint/contracts'
import { Disclosure } from '../fields/disclosure.tsx'
import { NumberField } from '../fields/number-field.tsx'
import { KindEditor } from '../kinds/kind-editor.tsx'
import { RichTextField } from '../rich-text/field.tsx'
import { TopicChoice } from '../topics/topic-choice.tsx'
import type { Topics } from '../topics/use-topics.ts'
import { t } from '../words.ts'
import { Feedback } from './feedback.tsx'
import { feedbackCount } from './feedback-texts.ts'
import { QuestionPreview } from './question-preview.tsx'

interface Props {
  readonly question: Question
  readonly number: number
  readonly topics: Topics
  readonly locale: string
  onQuestion(question: Question): void
}

export function QuestionForm({ question, number, topics, locale, onQuestion }: Props) {
  const { id, kind, prompt, points, topicIds } = question
  const texts = feedbackCount(question)
  const named = topics.list?.filter((topic) => topicIds.includes(topic.id)).map((topic) => topic.name) ?? []
  return (
    <>
      <RichTextField
        id={`prompt-${id}`}
        label={t(kind === 'true-false' ? 'statement' : 'prompt')}
        value={prompt}
        onValue={(html) => onQuestion({ ...question, prompt: html })}
      />
      <KindEditor question={question} locale={locale} onQuestion={onQuestion} />
      <NumberField
        label={t('pointsField')}
        value={points}
        locale={locale}
        min={0}
        max={1000}
        onValue={(value) => onQuestion({ ...question, points: value })}
      />
      <div className="au-mores">
        <Disclosure title={t('feedback')} summary={texts > 0 ? t('feedbackCount', { n: texts }) : t('none')}>
          <Feedback question={question} onQuestion={onQuestion} />
        </Disclosure>
        <Disclosure title={t('topics')} summary={named.length > 0 ? named.join(', ') : t('none')}>
          <TopicChoice topics={topics} chosen={topicIds} onChosen={(ids) => onQuestion({ ...question, topicIds: ids })} />
        </Disclosure>
        <Disclosure title={t('preview')} summary={t('previewMeans')}>
          <QuestionPreview question={question} number={number} />
        </Disclosure>
      </div>
    </>
  )
}
