// Gives the choice back to the LMS: the server signs it, a hidden form carries it there in this same frame.
import type { ReturnProblem } from '@cuepoint/contracts'
import { call } from '../../api/call.ts'
import type { ReadyItem } from './selection.ts'

/** No items = cancelled. After this the frame belongs to the LMS again. */
export async function handOver(items: readonly ReadyItem[]): Promise<void> {
  const { action, fields } = await call('POST /api/deep-linking/return', { body: { items: [...items] } })
  formFor(action, fields).submit()
}

/** Goes back with an error that the LMS shows, in place of a choice. */
export async function handOverProblem(problem: ReturnProblem): Promise<void> {
  const { action, fields } = await call('POST /api/deep-linking/problem', { body: { problem } })
  formFor(action, fields).submit()
}

function formFor(action: string, fields: Record<string, string>): HTMLFormElement {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = action
  form.target = '_self'
  form.hidden = true
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement('input')
    input.type = 'hidden'
    input.name = name
    input.value = value
    form.append(input)
  }
  document.body.append(form)
  return form
}
