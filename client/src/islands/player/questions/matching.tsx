// Pairs: each prompt has a native list to choose its match from.
import { Rich } from '../../../shell/rich.tsx'
import { type FieldProps, type Kind, t } from './kind.ts'

function Field({ question, value, give, locked, promptId }: FieldProps<'matching'>) {
  const given = value?.matches ?? []
  const choose = (of: string, matchId: string) => {
    const rest = given.filter(({ promptId: other }) => other !== of)
    give({ kind: 'matching', matches: matchId ? [...rest, { promptId: of, matchId }] : rest }, 'chosen')
  }
  return (
    <fieldset className="cpq-options" aria-labelledby={`${promptId} ${question.id}-hint`} disabled={locked}>
      <legend id={`${question.id}-hint`} className="cpq-hint">
        {t('matchHint')}
      </legend>
      {question.prompts.map(({ id, text }) => (
        <div key={id} className="cpq-pair">
          <Rich html={text} id={`${question.id}-${id}`} />
          <select
            aria-labelledby={`${question.id}-${id}`}
            value={given.find((pair) => pair.promptId === id)?.matchId ?? ''}
            onChange={(event) => choose(id, event.target.value)}
          >
            <option value="">{t('matchChoose')}</option>
            {question.matches.map((match) => (
              <option key={match.id} value={match.id}>
                {match.text}
              </option>
            ))}
          </select>
        </div>
      ))}
    </fieldset>
  )
}

export const matching: Kind<'matching'> = {
  Field,
  isAnswered: (value, question) => value.matches.length >= question.prompts.length,
  Given: ({ question, value }) => (
    <ul className="cpq-given">
      {question.prompts.map(({ id, text }) => {
        const matchId = value.matches.find((pair) => pair.promptId === id)?.matchId
        return (
          <li key={id} className="cpq-given-pair">
            <Rich html={text} />
            <span aria-hidden="true">→</span>
            <span>{question.matches.find((match) => match.id === matchId)?.text ?? t('outcome.none')}</span>
          </li>
        )
      })}
    </ul>
  ),
}
