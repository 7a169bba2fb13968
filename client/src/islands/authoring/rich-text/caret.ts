// Where the caret stands, counted in letters: survives a change of the elements around the text.

/** null where something is selected, or where the caret stands in no text. */
export function lettersBeforeCaret(field: HTMLElement): number | null {
  const selection = getSelection()
  if (!selection?.isCollapsed || selection.anchorNode?.nodeType !== Node.TEXT_NODE) return null
  const before = document.createRange()
  before.selectNodeContents(field)
  before.setEnd(selection.anchorNode, selection.anchorOffset)
  return before.toString().length
}

export function placeCaret(field: HTMLElement, letters: number): void {
  const texts = document.createTreeWalker(field, NodeFilter.SHOW_TEXT)
  let left = letters
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const length = node.textContent?.length ?? 0
    if (left <= length) return getSelection()?.collapse(node, left)
    left -= length
  }
}
