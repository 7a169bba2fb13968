// After a deed that takes its own button away: keys and screen readers go on from where its outcome stands.

// A list that is asked again at the same moment may draw the button a while longer.
const patienceMs = 10_000

/** Focuses `instead` as soon as the element that has the focus now is gone from the page, if it goes. */
export function keepFocus(instead: HTMLElement | null): void {
  const had = document.activeElement
  const take = () => {
    const { activeElement, body } = document
    if (activeElement === null || activeElement === body) instead?.focus({ preventScroll: true })
  }
  requestAnimationFrame(() => {
    take()
    if (!had?.isConnected || had === document.body) return
    const leaving = new MutationObserver(() => {
      if (had.isConnected) return
      leaving.disconnect()
      take()
    })
    leaving.observe(document.body, { childList: true, subtree: true })
    setTimeout(() => leaving.disconnect(), patienceMs)
  })
}
