// Clicks and ticks that hold in a frame of another site, which may just be growing or scrolling under the pointer.
import { expect, type Locator } from '@playwright/test'

/** Ticks a box or a radio button by its key: InstUI draws over the real input. */
export async function tick(box: Locator): Promise<void> {
  if (!(await box.isChecked())) await box.press('Space')
  await expect(box).toBeChecked()
}

/**
 * Clicks until the click is heard where it was meant for. One that follows a scroll, or a frame that grows, may be sent to where the button
 * was before (Chromium 156, one click in about 300); no hand is that fast. What was heard is never clicked again.
 */
export async function scrollAndClick(button: Locator): Promise<void> {
  await button.scrollIntoViewIfNeeded()
  await expect(async () => {
    const click = await button.evaluateHandle((it) => {
      const state = { heard: false }
      it.addEventListener('click', () => Object.assign(state, { heard: true }), { capture: true, once: true })
      return state
    })
    await button.page().waitForTimeout(150)
    await button.click()
    const heard = () => click.evaluate((state) => state.heard).catch(() => true) // The click led to another page.
    await expect.poll(heard, { timeout: 2000 }).toBe(true)
  }).toPass({ timeout: 40_000 })
}

/**
 * For a button that stands where the page has just changed and the frame is growing: the click is given again while nothing came of it.
 * Only for deeds that a second click cannot do twice (a page that opens, an attempt that is handed in under its key).
 */
export async function clickUntil(button: Locator, outcome: Locator): Promise<void> {
  await expect(async () => {
    if (await outcome.isVisible()) return
    // What is busy with the click before takes no other; then only the outcome is waited for.
    if (await button.isEnabled({ timeout: 1000 }).catch(() => false)) await button.click({ timeout: 3000 }).catch(() => undefined)
    await expect(outcome).toBeVisible({ timeout: 4000 })
  }).toPass({ timeout: 30_000 })
}
