// The question as learners meet it, without anything that tells the answer. To look at, not to try.
import type { Question } from '@cuepoint/contracts'
import { Rich } from '../../../shell/rich.tsx'
import { cleanHtml } from '../rich-text/clean.ts'
import { t } from '../words.ts'

const safe = (html: string) => cleanHtml(html) || `<em>${t('empty')}</em>`
/** In an order that gives nothing away, the same each time. */
const scattered = <T extends { id: string }>(list: readonly T[]): T[] => [...list].sort((a, b) => a.id.localeCompare(b.id))

function Options({ mark, texts }: { mark: 'round' | 'square' | 'bar'; texts: readonly { id: string; text: string }[] }) {
  return (
    <ul className="au-preview-options" data-mark={mark}>
      {texts.map(({ id, text }) => (
        <li key={id}>
          <Rich html={safe(text)} />
        </li>
      ))}
    </ul>
  )
}

function Answers({ question }: { question: Question }) {
  switch (question.kind) {
    case 'single-choice':
      return <Options mark="round" texts={question.choices} />
    case 'multiple-choice':
      return <Options mark="square" texts={question.choices} />
    case 'true-false':
      return (
        <Options
          mark="round"
          texts={[
            { id: 'true', text: t('true') },
            { id: 'false', text: t('false') },
          ]}
        />
      )
    case 'short-text':
      return <p className="au-preview-field">{t('previewText')}</p>
    case 'number':
      return (
        <p className="au-preview-field">
          {t('previewNumber')} <span>{question.unit}</span>
        </p>
      )
    case 'ordering':
      return <Options mark="bar" texts={scattered(question.items)} />
    case 'matching':
      return (
        <div className="au-preview-pairs">
          <Options mark="bar" texts={question.pairs} />
          <div>
            <p className="au-quiet">{t('previewMatches')}</p>
            <Options
              mark="bar"
              texts={scattered([...question.pairs.map((pair) => pair.match), ...question.distractors]).map(({ id, text }) => ({
                id,
                text: escaped(text),
              }))}
            />
          </div>
        </div>
      )
  }
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')

export function QuestionPreview({ question, number }: { question: Question; number: number }) {
  return (
    <div className="au-preview">
      <p className="au-card-facts">
        {t('question', { number })} · {t('points', { points: question.points })}
      </p>
      <Rich html={safe(question.prompt)} />
      <Answers question={question} />
    </div>
  )
}
