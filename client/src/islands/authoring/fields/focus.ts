// Where the keyboard goes on after a row was added, moved or removed.

/** Focuses the element of that id once React has drawn it; the first one that is there. */
export function focusOn(...ids: readonly string[]): void {
  requestAnimationFrame(() => {
    for (const id of ids) {
      const element = document.getElementById(id)
      if (element) return element.focus()
    }
  })
}
