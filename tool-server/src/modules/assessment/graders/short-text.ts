// A word or a short phrase, compared with the accepted ones by the author's rules for case and accents.
import type { QuestionOf } from '@cuepoint/contracts'
import { type Grader, marked, unanswered } from './grader.ts'

export const shortText: Grader<'short-text'> = {
  grade(question, answer) {
    const given = comparable(answer?.text ?? '', question)
    if (given === '') return unanswered(question)
    const match = question.accepted.find((one) => comparable(one.text, question) === given)
    return marked(question, match ? 1 : 0, match ? [match.feedback] : [])
  },
  keyOf: (question) => ({ kind: 'short-text', text: question.accepted[0]?.text ?? '' }),
  keyInWords: (question) => (question.accepted.length > 1 ? question.accepted.map((one) => one.text).join(' / ') : null),
}

/** Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic. Not \p{M}: in Hindi or Thai those are vowels. */
const accents = /[\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0670]/g

/** What is left of a text once everything that does not matter is gone. */
function comparable(text: string, { caseSensitive, accentSensitive }: QuestionOf<'short-text'>): string {
  // Phones set typographic quotes by themselves; nobody means them.
  let plain = text.normalize('NFC').replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, ' ').trim()
  if (!accentSensitive) plain = plain.normalize('NFD').replace(accents, '').normalize('NFC')
  // Upper case first: it folds ß to SS and the final sigma to Σ, which lower case alone keeps apart.
  return caseSensitive ? plain : plain.toUpperCase().toLowerCase()
}
