// What every page must keep for people who see little, use keys, or a small screen.
import { join } from 'node:path'
import { env } from 'node:process'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Locator, type Page, test } from '@playwright/test'
import type { Visitor } from './visitor.ts'

/** A person at a page, whichever: with the tool in a frame of it, or without. */
export type Looker = Pick<Visitor, 'page' | 'frame' | 'tool'>

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Axe over the page and every frame in it, or over a `part` of the tool's frame. Soft: one run tells of all pages. */
async function expectNoViolations(page: Page, what: string, part?: string, seenWide = part !== undefined): Promise<void> {
  // What is looked at in full in the wide window is looked at in the narrow one only for what the width changes.
  const wide = (page.viewportSize()?.width ?? 0) > 640
  const axe = seenWide && !wide ? new AxeBuilder({ page }).withRules(['target-size']) : new AxeBuilder({ page }).withTags(wcag)
  const { violations } = await (part ? axe.include(['iframe[name="contentframe"]', part]) : axe).analyze()
  const told = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map((node) => `    ${node.target.flat().join(' ')}  ${node.html.slice(0, 160)}`).join('\n')}`,
  )
  expect.soft(told, `axe on ${what}`).toEqual([])
}

/** Neither the page nor the tool in its frame can be scrolled sideways. */
async function expectNoSidewaysScroll(visitor: Looker, what: string): Promise<void> {
  const tooWide = () => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const culprits = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > clientWidth + 1)
    return [
      `${scrollWidth} wide in ${clientWidth}`,
      ...culprits.slice(0, 6).map((one) => `${one.tagName} ${one.className} ${one.textContent?.trim().slice(0, 40)}`),
    ]
  }
  expect.soft(await visitor.page.evaluate(tooWide), `sideways scroll of the LMS page: ${what}`).toEqual([])
  if ((await visitor.frame.count()) === 0) return
  expect.soft(await visitor.tool.locator('html').evaluate(tooWide), `sideways scroll in the frame: ${what}`).toEqual([])
}

/** Fades are over: axe would take a colour on its way for the colour. */
async function settled(visitor: Looker): Promise<void> {
  const still = async () => {
    const running = document.getAnimations().filter((it) => it.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
    await Promise.all(running.map((it) => it.finished.catch(() => undefined)))
  }
  await visitor.page.evaluate(still)
  if ((await visitor.frame.count()) > 0) await visitor.tool.locator('html').evaluate(still)
}

/** Axe, width, and a picture for whoever wants to look: SHOTS=folder npx playwright test … */
export async function expectGood(visitor: Looker, what: string, part?: string, seenWide?: boolean): Promise<void> {
  await test.step(what, async () => {
    await settled(visitor)
    await expectNoViolations(visitor.page, what, part, seenWide)
    await expectNoSidewaysScroll(visitor, what)
    await picture(visitor.page, what)
  })
}

/** The same in a wide window and in a phone's, one after the other; 320 px is also 1280 px at 400 % zoom (WCAG 1.4.10). */
export async function expectGoodWideAndNarrow(visitor: Looker, what: string, narrow: 320 | 375 = 375): Promise<void> {
  const before = visitor.page.viewportSize()
  for (const size of [
    { width: 1280, height: 900 },
    { width: narrow, height: 700 },
  ]) {
    await visitor.page.setViewportSize(size)
    await expectGood(visitor, what, undefined, true)
  }
  if (before) await visitor.page.setViewportSize(before)
}

async function picture(page: Page, what: string): Promise<void> {
  const size = page.viewportSize()
  if (!env.SHOTS || !size) return
  // A frame of another site is painted only where the window shows it: the window is made as high as the page.
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: size.width, height: Math.max(size.height, height) })
  await page.waitForTimeout(300)
  await page.screenshot({ path: join(env.SHOTS, `${what.replace(/\W+/g, '-')}-${size.width}.png`) })
  await page.setViewportSize(size)
}

/** No words stand upon other words in this part of the page. */
export async function expectNoOverlap(part: Locator, what: string): Promise<void> {
  const overlaps = await part.evaluate((root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    const words: { text: string; rect: DOMRect }[] = []
    while (walker.nextNode()) {
      const node = walker.currentNode
      const parent = node.parentElement
      if (!node.textContent?.trim() || !parent || parent.closest('select') || !parent.checkVisibility({ visibilityProperty: true }))
        continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const rect of range.getClientRects()) words.push({ text: node.textContent.trim(), rect })
    }
    return words.flatMap((one, at) =>
      words.slice(at + 1).flatMap((other) => {
        const width = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left)
        const height = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top)
        return width > 2 && height > 4 ? [`“${one.text}” and “${other.text}”: ${Math.round(width)} x ${Math.round(height)} px`] : []
      }),
    )
  })
  expect.soft(overlaps, `words upon words: ${what}`).toEqual([])
}

/** The element in the frame that has the focus: its tag and its words. */
export async function focusIn(visitor: Visitor): Promise<string> {
  return visitor.tool.locator('html').evaluate(() => {
    const { activeElement } = document
    return `${activeElement?.tagName} ${activeElement?.textContent?.replace(/\s+/g, ' ').trim().slice(0, 60)}`
  })
}
