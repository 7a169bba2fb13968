// Ids inside documents: fresh ones for a copy, and opaque ones for a Version. Authors' editors may number their options
// 1, 2, 3 or name a match after its prompt; a learner who read such ids would have the key.
import { hash } from 'node:crypto'
import type { ActivityDocument, Question } from '@cuepoint/contracts'
import { newId } from '../../kernel/clock.ts'
import { withQuestions } from './document-parts.ts'

type Rename = (id: string) => string

/** The document with new random ids for its questions and options: for copies. The same old id gets the same new one. */
export function freshIds(document: ActivityDocument): ActivityDocument {
  const asked = withQuestions(document, (question) => withOptionIds({ ...question, id: shortId() }, remembered(shortId)))
  if (asked.kind === 'quiz') return asked
  const renewed = <T extends { id: string }>(list: readonly T[]) => list.map((one) => ({ ...one, id: shortId() }))
  return { ...asked, cues: renewed(asked.cues), chapters: renewed(asked.chapters) }
}

/** The document as a Version holds it: question ids stay, option ids become hashes under the activity's secret salt. */
export function opaqueIds(document: ActivityDocument, salt: string): ActivityDocument {
  return withQuestions(document, (question) =>
    withOptionIds(question, (id, part) => hash('sha256', `${salt} ${question.id} ${part} ${id}`, 'base64url').slice(0, 12)),
  )
}

function shortId(): string {
  return newId().replaceAll('-', '').slice(0, 12)
}

function remembered(make: () => string): (id: string, part: string) => string {
  const known = new Map<string, string>()
  return (id, part) => {
    const key = `${part} ${id}`
    const name = known.get(key) ?? make()
    known.set(key, name)
    return name
  }
}

function withOptionIds(question: Question, rename: (id: string, part: 'option' | 'match') => string): Question {
  const option: Rename = (id) => rename(id, 'option')
  const match: Rename = (id) => rename(id, 'match')
  switch (question.kind) {
    case 'single-choice':
    case 'multiple-choice':
      return { ...question, choices: question.choices.map((choice) => ({ ...choice, id: option(choice.id) })) }
    case 'ordering':
      return { ...question, items: question.items.map((item) => ({ ...item, id: option(item.id) })) }
    case 'matching':
      return {
        ...question,
        pairs: question.pairs.map((pair) => ({ ...pair, id: option(pair.id), match: { ...pair.match, id: match(pair.match.id) } })),
        distractors: question.distractors.map((distractor) => ({ ...distractor, id: match(distractor.id) })),
      }
    case 'true-false':
    case 'short-text':
    case 'number':
      return question
  }
}
