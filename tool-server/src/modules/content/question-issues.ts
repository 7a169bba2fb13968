// PURE: what one question lacks before it can be asked, in the words of the editor (options, items, pairs, false matches).
import type { Question, QuestionOf } from '@cuepoint/contracts'
import { wordsOf } from './words.ts'

export interface Lack {
  code: string
  message: string
}

/** Everything this question lacks, one sentence each. */
export function questionIssues(question: Question): Lack[] {
  const what = question.kind === 'true-false' ? 'statement' : 'question'
  const prompt = wordsOf(question.prompt) === '' ? [lack('prompt_missing', `Write the ${what}.`)] : []
  return [...prompt, ...ofKind(question)]
}

function ofKind(question: Question): Lack[] {
  switch (question.kind) {
    case 'single-choice':
    case 'multiple-choice':
      return choiceIssues(question)
    case 'true-false':
      return []
    case 'short-text':
      return textIssues(question)
    case 'number':
      return numberIssues(question)
    case 'ordering':
      return orderingIssues(question)
    case 'matching':
      return matchingIssues(question)
  }
}

function choiceIssues(question: QuestionOf<'single-choice'> | QuestionOf<'multiple-choice'>): Lack[] {
  const issues: Lack[] = []
  const right = question.choices.filter((choice) => choice.correct).length
  if (question.choices.length < 2) issues.push(lack('choices_missing', 'Give at least two options.'))
  if (right === 0) issues.push(lack('right_choice_missing', 'Mark the right option.'))
  else if (right > 1 && question.kind === 'single-choice') issues.push(lack('right_choice_many', 'Mark only one option as right.'))
  return [...issues, ...listIssues('choice', named(question.choices, 'Option'), wordsOf)]
}

function textIssues(question: QuestionOf<'short-text'>): Lack[] {
  const given = question.accepted.filter((one) => one.text.trim() !== '')
  if (given.length === 0) return [lack('accepted_missing', 'Give at least one accepted answer.')]
  const rows = question.accepted.map(({ text }, at) => ({ name: `Accepted answer ${at + 1}`, id: String(at), text }))
  return emptyIssues('accepted', rows, (text) => text.trim())
}

function numberIssues({ tolerance, value }: QuestionOf<'number'>): Lack[] {
  if (value === null) return [lack('value_missing', 'Write the right answer.')]
  if (tolerance.kind !== 'relative') return []
  if (value === 0) return [lack('tolerance_void', 'A percentage of 0 is 0. Give a fixed distance instead.')]
  return tolerance.amount >= 1 ? [lack('tolerance_wide', 'A percentage of 100 or more accepts nearly everything.')] : []
}

function orderingIssues(question: QuestionOf<'ordering'>): Lack[] {
  const few = question.items.length < 2 ? [lack('items_missing', 'Give at least two items to put in order.')] : []
  return [...few, ...listIssues('item', named(question.items, 'Item'), wordsOf)]
}

function matchingIssues({ pairs, distractors }: QuestionOf<'matching'>): Lack[] {
  const few = pairs.length < 2 ? [lack('pairs_missing', 'Give at least two pairs.')] : []
  const given = pairs.map(({ id, text }, at) => ({ id, text, name: `Left side of pair ${at + 1}` }))
  const matches = pairs.map(({ match }, at) => ({ ...match, name: `Right side of pair ${at + 1}` }))
  const all = [...matches, ...named(distractors, 'False match')]
  return [...few, ...listIssues('prompt', given, wordsOf), ...listIssues('match', all, (text) => text.trim())]
}

interface Row {
  /** As the editor calls it: "Option 2". */
  name: string
  id: string
  text: string
}

function named(rows: readonly { id: string; text: string }[], noun: string): Row[] {
  return rows.map(({ id, text }, at) => ({ id, text, name: `${noun} ${at + 1}` }))
}

type Read = (text: string) => string

function emptyIssues(what: string, rows: readonly Row[], read: Read): Lack[] {
  const empty = rows.filter((row) => read(row.text) === '').map((row) => row.name)
  return empty.length === 0 ? [] : [lack(`${what}_empty`, `${listed(empty)} ${empty.length === 1 ? 'is' : 'are'} empty.`)]
}

/** Empty texts, texts and ids that occur twice. Learners could not tell such options apart. */
function listIssues(what: string, rows: readonly Row[], read: Read): Lack[] {
  const filled = rows.filter((row) => read(row.text) !== '')
  const same = twins(filled, (row) => read(row.text))
  const sameId = twins(rows, (row) => row.id)
  return [
    ...emptyIssues(what, rows, read),
    ...same.map((names) => lack(`${what}_twice`, `${listed(names)} say the same.`)),
    ...sameId.map((names) => lack(`${what}_id_twice`, `${listed(names)} have the same id. Delete one and write it again.`)),
  ]
}

/** The names of rows that share a key, one list for each such key. */
function twins(rows: readonly Row[], keyOf: (row: Row) => string): string[][] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row])
  return [...groups.values()].filter((group) => group.length > 1).map((group) => group.map((row) => row.name))
}

/** "Options 1, 2 and 4": the noun is said once where it is the same. */
function listed(names: readonly string[]): string {
  const [first = '', ...rest] = names
  const noun = first.replace(/ \d+$/, '')
  const short = names.every((name) => name.replace(/ \d+$/, '') === noun)
  const all =
    short && rest.length > 0
      ? [pluralOf(first), ...rest.map((name) => name.slice(noun.length + 1))]
      : names.map((name, at) => (at === 0 ? name : name[0]?.toLowerCase() + name.slice(1)))
  return all.length === 1 ? (all[0] as string) : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
}

/** "Option 1" as the start of "Options 1 and 2". */
function pluralOf(name: string): string {
  return name
    .replace('side of', 'sides of')
    .replace(/(\w+) (\d+)$/, (_, noun: string, number: string) => `${noun}${noun.endsWith('ch') ? 'es' : 's'} ${number}`)
}

function lack(code: string, message: string): Lack {
  return { code, message }
}
