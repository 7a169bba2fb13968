// After a deed that takes its own button away: keys and screen readers go on from where its outcome stands.

/** Focuses `instead`, once the page is drawn, where the element that had the focus is gone. */
export function keepFocus(instead: HTMLElement | null): void {
  requestAnimationFrame(() => {
    const { activeElement, body } = document
    if (activeElement === null || activeElement === body) instead?.focus({ preventScroll: true })
  })
}
