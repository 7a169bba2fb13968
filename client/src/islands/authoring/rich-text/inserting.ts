// What the forms of pictures, sounds and formulas put into a text, at the caret and with the browser's own undo.
import type { InlineFile } from '../../../api/inline-media.ts'

function markupOf(element: Element): string {
  return element.outerHTML
}

export function insertMedia(file: InlineFile, words: string): void {
  const page = document.implementation.createHTMLDocument('')
  const element = page.createElement(file.kind === 'image' ? 'img' : 'audio')
  element.setAttribute('data-asset', file.assetId)
  if (file.kind === 'image') element.setAttribute('alt', words)
  else {
    element.setAttribute('title', words)
    element.setAttribute('controls', 'controls')
  }
  if (file.width && file.height) {
    element.setAttribute('width', String(file.width))
    element.setAttribute('height', String(file.height))
  }
  if (file.url) element.setAttribute('src', file.url)
  document.execCommand('insertHTML', false, markupOf(element))
}

/** A formula is one thing: the caret does not go into it. */
export function insertFormula(tex: string, mathml: string): void {
  const page = document.implementation.createHTMLDocument('')
  const element = page.createElement('span')
  element.setAttribute('data-tex', tex)
  element.setAttribute('contenteditable', 'false')
  element.innerHTML = mathml
  document.execCommand('insertHTML', false, `${markupOf(element)}\u00a0`)
}
