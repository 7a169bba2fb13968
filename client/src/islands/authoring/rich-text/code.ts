// Code inside a text. Done on the document itself: execCommand has no word for it, and its insertHTML brings inline styles along.

/** A caret needs a letter to stand on inside an empty <code>; it is never saved. */
const NOTHING = '\u200b'

function place(node: Node, offset: number): void {
  getSelection()?.collapse(node, offset)
}

/** Wraps the selection; without one, opens an empty <code> to type into. */
export function wrapInCode(range: Range): void {
  const code = document.createElement('code')
  code.textContent = range.toString() || NOTHING
  range.deleteContents()
  range.insertNode(code)
  if (code.textContent === NOTHING) place(code.firstChild ?? code, 1)
  else getSelection()?.selectAllChildren(code)
}

/** With the caret at the end of it: goes on behind it as plain text. Else takes it off. */
export function leaveCode(code: HTMLElement, range: Range): void {
  const rest = range.cloneRange()
  rest.selectNodeContents(code)
  rest.setStart(range.endContainer, range.endOffset)
  if (range.collapsed && rest.toString() === '') {
    const after = document.createTextNode(NOTHING)
    code.after(after)
    return place(after, 1)
  }
  const inside = [...code.childNodes]
  code.replaceWith(...inside)
  const [first, last] = [inside[0], inside.at(-1)]
  if (first && last) getSelection()?.setBaseAndExtent(first, 0, last, last.textContent?.length ?? 0)
}
