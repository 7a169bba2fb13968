// What the toolbar does to the selection. execCommand is old, and still the one way that keeps the browser's own undo.

import { lettersBeforeCaret, placeCaret } from './caret.ts'
import { safeAddress } from './clean.ts'
import { leaveCode, wrapInCode } from './code.ts'

export const commands = [
  'bold',
  'italic',
  'code',
  'subscript',
  'superscript',
  'bullets',
  'numbers',
  'link',
  'picture',
  'sound',
  'formula',
  'clear',
] as const
export type Command = (typeof commands)[number]
/** Those that make no sense in a text of one line. */
export const blockCommands: ReadonlySet<Command> = new Set<Command>(['bullets', 'numbers'])
/** Those that ask for something first, in a form of their own. */
export const asking: ReadonlySet<Command> = new Set<Command>(['link', 'picture', 'sound', 'formula'])

const native: Partial<Record<Command, string>> = {
  bold: 'bold',
  italic: 'italic',
  subscript: 'subscript',
  superscript: 'superscript',
  bullets: 'insertUnorderedList',
  numbers: 'insertOrderedList',
}

/** The nearest element of that name around the caret, inside `field`. */
export function around(field: HTMLElement, name: string): HTMLElement | null {
  const node = getSelection()?.anchorNode
  const element = node instanceof HTMLElement ? node : (node?.parentElement ?? null)
  const found = element?.closest<HTMLElement>(name) ?? null
  return found && found !== field && field.contains(found) ? found : null
}

export function isOn(field: HTMLElement, command: Command): boolean {
  if (command === 'code') return around(field, 'code') !== null
  if (command === 'link') return around(field, 'a') !== null
  if (command === 'formula') return around(field, '[data-tex]') !== null
  const name = native[command]
  return name !== undefined && document.queryCommandState(name)
}

export function run(field: HTMLElement, command: Command): void {
  document.execCommand('styleWithCSS', false, 'false')
  const name = native[command]
  if (blockCommands.has(command)) toggleList(field, name ?? '')
  else if (name) document.execCommand(name)
  else if (command === 'code') toggleCode(field)
  else if (command === 'clear') {
    document.execCommand('removeFormat')
    document.execCommand('unlink')
    if (around(field, 'code')) toggleCode(field)
  }
}

/** An empty address takes the link away. False where the address is none. */
export function setLink(field: HTMLElement, typed: string): boolean {
  const inside = around(field, 'a')
  if (inside) select(inside)
  if (typed.trim() === '') {
    document.execCommand('unlink')
    return true
  }
  const address = safeAddress(typed)
  if (address === null) return false
  if (getSelection()?.isCollapsed) insertSelected(typed.trim())
  document.execCommand('createLink', false, address)
  getSelection()?.collapseToEnd()
  return true
}

/** Types the text and selects it. */
function insertSelected(text: string): void {
  document.execCommand('insertText', false, text)
  const { anchorNode, anchorOffset } = getSelection() ?? {}
  if (!anchorNode || anchorOffset === undefined || anchorOffset < text.length) return
  getSelection()?.setBaseAndExtent(anchorNode, anchorOffset - text.length, anchorNode, anchorOffset)
}

/** Chrome leaves the new list inside the old paragraph and the caret before the text: both are put right. */
function toggleList(field: HTMLElement, name: string): void {
  const letters = lettersBeforeCaret(field)
  document.execCommand(name)
  for (const list of field.querySelectorAll('p > ul, p > ol')) list.parentElement?.replaceWith(...list.parentElement.childNodes)
  if (letters !== null) placeCaret(field, letters)
}

function toggleCode(field: HTMLElement): void {
  const selection = getSelection()
  if (!selection || selection.rangeCount === 0) return
  const inside = around(field, 'code')
  if (inside) leaveCode(inside, selection.getRangeAt(0))
  else wrapInCode(selection.getRangeAt(0))
}

function select(element: HTMLElement): void {
  const range = document.createRange()
  range.selectNode(element)
  const selection = getSelection()
  selection?.removeAllRanges()
  selection?.addRange(range)
}
