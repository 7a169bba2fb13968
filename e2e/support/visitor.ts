// A person at a browser, as seen from the LMS's pages: signing in, courses, activities, the gradebook, and the tool in its frame.
import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test'
import type { Lms } from './school.ts'

/** Introduction to Biology, where Tina teaches and the others learn. */
export const biology = '/courses/2'

export class Visitor {
  page: Page
  readonly lms: Lms
  readonly #newPage: () => Promise<Page>

  constructor(page: Page, lms: Lms, newPage: () => Promise<Page>) {
    this.page = page
    this.lms = lms
    this.#newPage = newPage
  }

  /** Goes on in a new tab of the same browser; tabs that were open stay so. */
  async openNewTab(): Promise<void> {
    this.page = await this.#newPage()
  }

  /** The tool in its frame. */
  get tool(): FrameLocator {
    return this.page.frameLocator('iframe[name="contentframe"]')
  }

  get frame(): Locator {
    return this.page.locator('iframe[name="contentframe"]')
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`${this.lms.origin}${path}`)
  }

  async signIn(who: string): Promise<void> {
    await this.open('/')
    await this.page.getByRole('button', { name: who }).click()
    await expect(this.page.getByRole('heading', { name: 'My courses' })).toBeVisible()
  }

  async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: /sign out/i }).click()
    await expect(this.page.getByRole('button', { name: /^Sign in as/ }).first()).toBeVisible()
  }

  /** From the course to the picker, by clicking. `as`: Canvas offers several ways. */
  async addActivity(as: RegExp = /cuepoint/i): Promise<void> {
    await this.open(biology)
    await this.page.getByRole('link', { name: /add activity/i }).click()
    await this.page.getByRole('main').getByRole('link', { name: as }).click()
    await expect(this.tool.getByRole('heading', { level: 1 })).toBeVisible()
  }

  /** A card of the course page. */
  activity(title: string): Locator {
    return this.page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('link', { name: title, exact: true }) })
  }

  /** From the course page into the activity, until the tool shows its heading. */
  async openActivity(title: string): Promise<void> {
    await this.open(biology)
    await this.page.getByRole('link', { name: title, exact: true }).click()
    await expect(this.tool.getByRole('heading', { level: 1 })).toBeVisible()
  }

  /** The cell of one student in the instructor's gradebook. */
  gradebookCell(student: string, column: number): Locator {
    return this.page
      .getByRole('row')
      .filter({ has: this.page.getByRole('rowheader', { name: student }) })
      .getByRole('cell')
      .nth(column)
  }

  async gradebookColumn(title: string): Promise<number> {
    const heads = await this.page.getByRole('columnheader').allInnerTexts()
    const at = heads.findIndex((head) => head.includes(title))
    expect(at, `a column “${title}” in: ${heads.join(' | ')}`).toBeGreaterThan(0)
    return at - 1
  }
}
