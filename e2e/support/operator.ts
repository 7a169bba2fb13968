// Whoever runs Cuepoint, at /admin in a browser of their own.
import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test'

/** The parts of the administration, with the heading of each. */
const headings = {
  Platforms: 'Platforms',
  Launches: 'Launches and calls',
  'Background work': 'Background work',
  Report: 'Report',
  'Learning record stores': 'Learning record stores',
  Statements: 'Statements',
  Privacy: 'Privacy',
  'Who looked at whom': 'Who looked at whom',
  Registrations: 'Registrations',
} as const

export class Operator {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  /** Nothing is framed here. */
  get frame(): Locator {
    return this.page.locator('iframe[name="contentframe"]')
  }

  get tool(): FrameLocator {
    return this.page.frameLocator('iframe[name="contentframe"]')
  }

  async signIn(link: string): Promise<void> {
    await this.page.goto(link)
    await expect(this.heading('Platforms')).toBeVisible()
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { level: 1, name, exact: true })
  }

  async open(part: keyof typeof headings): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Parts of the administration' }).getByRole('link', { name: part, exact: true }).click()
    await expect(this.heading(headings[part])).toBeVisible()
  }

  /** A card by words on it. */
  card(words: string | RegExp): Locator {
    return this.page.locator('.admin-card').filter({ hasText: words })
  }
}
