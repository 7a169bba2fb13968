// PURE: where a document holds rich text. One walk, so that no field is forgotten when a document is written.
import type { ActivityDocument, Question } from '@cuepoint/contracts'
import { withQuestions } from './document-parts.ts'

type Change = (richText: string, path: string) => string

/** The document with `change` applied to each of its rich texts; `path` tells where it stands, e.g. `questions.2.prompt`. */
export function withRichText(document: ActivityDocument, change: Change): ActivityDocument {
  const placeOf = (at: number) => (document.kind === 'quiz' ? `questions.${at}` : `cues.${at}.question`)
  const asked = withQuestions(document, (question, at) => questionWith(question, (text, path) => change(text, `${placeOf(at)}.${path}`)))
  return { ...asked, intro: change(document.intro, 'intro') }
}

function questionWith(question: Question, change: Change): Question {
  const prompt = change(question.prompt, 'prompt')
  const feedback = {
    right: change(question.feedback.right, 'feedback.right'),
    wrong: change(question.feedback.wrong, 'feedback.wrong'),
  }
  switch (question.kind) {
    case 'single-choice':
    case 'multiple-choice': {
      const choices = question.choices.map((choice, at) => ({
        ...choice,
        text: change(choice.text, `choices.${at}.text`),
        feedback: change(choice.feedback, `choices.${at}.feedback`),
      }))
      return { ...question, prompt, feedback, choices }
    }
    case 'true-false': {
      const choiceFeedback = {
        true: change(question.choiceFeedback.true, 'choiceFeedback.true'),
        false: change(question.choiceFeedback.false, 'choiceFeedback.false'),
      }
      return { ...question, prompt, feedback, choiceFeedback }
    }
    case 'short-text': {
      const accepted = question.accepted.map((one, at) => ({ ...one, feedback: change(one.feedback, `accepted.${at}.feedback`) }))
      return { ...question, prompt, feedback, accepted }
    }
    case 'ordering':
      return {
        ...question,
        prompt,
        feedback,
        items: question.items.map((item, at) => ({ ...item, text: change(item.text, `items.${at}.text`) })),
      }
    case 'matching':
      return {
        ...question,
        prompt,
        feedback,
        pairs: question.pairs.map((pair, at) => ({ ...pair, text: change(pair.text, `pairs.${at}.text`) })),
      }
    case 'number':
      return { ...question, prompt, feedback }
  }
}
