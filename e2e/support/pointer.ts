// Clicks and ticks that hold in a frame of another site, which may just be growing or scrolling under the pointer.
import { expect, type Locator } from '@playwright/test'

/** Ticks a box or a radio button by its key: InstUI draws over the real input. */
export async function tick(box: Locator): Promise<void> {
  if (!(await box.isChecked())) await box.press('Space')
  await expect(box).toBeChecked()
}

/**
 * For buttons that may be far from where the page stands. A click right after a scroll can be sent to where the frame was before
 * (Chromium 156, one click in about 300); no hand is that fast.
 */
export async function scrollAndClick(button: Locator): Promise<void> {
  await button.scrollIntoViewIfNeeded()
  await button.page().waitForTimeout(150)
  await button.click()
}
