// The picker in the LMS's "add activity" frame, by what is written on it.
import { expect, type FrameLocator, type Locator } from '@playwright/test'
import { clickUntil, scrollAndClick } from './pointer.ts'

export class Picker {
  readonly tool: FrameLocator
  constructor(tool: FrameLocator) {
    this.tool = tool
  }

  async tab(name: RegExp): Promise<void> {
    await clickUntil(this.tool.getByRole('tab', { name }), this.tool.getByRole('tab', { name, selected: true }))
  }

  async takeSample(title: string): Promise<void> {
    await this.tab(/samples/i)
    await scrollAndClick(this.tool.getByRole('button', { name: new RegExp(`use .*${title}`, 'i') }))
    await expect(this.tool.getByRole('checkbox', { name: title }).or(this.reviewHeading).first()).toBeVisible()
  }

  get reviewHeading(): Locator {
    return this.tool.getByRole('heading', { name: /^check what/i })
  }

  /** To the second step, where title and points are checked. */
  async toReview(): Promise<void> {
    const next = this.tool.getByRole('button', { name: /^next/i })
    await expect(next.or(this.reviewHeading).first()).toBeVisible()
    if (await next.isVisible()) await clickUntil(next, this.reviewHeading)
    await expect(this.reviewHeading).toBeVisible()
  }

  /** Opens what else the LMS may be told of a link. */
  async unfold(): Promise<void> {
    await scrollAndClick(this.tool.getByText('Text, gradebook column and dates'))
    await expect(this.tool.getByLabel('Text beside the link')).toBeVisible()
  }

  get titles(): Locator {
    return this.tool.getByRole('textbox', { name: /^title in/i })
  }

  get points(): Locator {
    return this.tool.getByRole('textbox', { name: /^points/i })
  }

  async add(): Promise<void> {
    await scrollAndClick(this.tool.getByRole('button', { name: /^add to/i }))
  }
}
