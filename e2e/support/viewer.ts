// A student in front of a video, by what is written on it.
import { expect, type FrameLocator, type Locator } from '@playwright/test'
import { clickUntil } from './pointer.ts'

export class Viewer {
  readonly tool: FrameLocator
  constructor(tool: FrameLocator) {
    this.tool = tool
  }

  get video(): Locator {
    return this.tool.locator('video')
  }

  get playButton(): Locator {
    return this.tool.getByRole('button', { name: /^play: /i })
  }

  get question(): Locator {
    return this.tool.getByRole('region', { name: /^Question \d+ of \d+/ })
  }

  get check(): Locator {
    return this.tool.getByRole('button', { name: /^check my answer/i })
  }

  get goOn(): Locator {
    return this.tool.getByRole('button', { name: 'Go on', exact: true })
  }

  get score(): Locator {
    return this.tool.getByText(/[\d.,]+ of [\d.,]+ points/).first()
  }

  get inGradebook(): Locator {
    return this.tool.getByText(/your score is in the gradebook/i)
  }

  /** Pressed once all of the player is here: what plays is then at this speed. */
  async play(speed = 2): Promise<void> {
    await expect(this.tool.locator('media-controller:defined')).toBeVisible({ timeout: 30_000 })
    await clickUntil(this.playButton, this.tool.getByRole('group', { name: 'Video controls' }))
    await this.video.evaluate((it: HTMLVideoElement, to) => {
      it.playbackRate = to
    }, speed)
  }

  async at(): Promise<number> {
    return this.video.evaluate((it: HTMLVideoElement) => it.currentTime)
  }

  async paused(): Promise<boolean> {
    return this.video.evaluate((it: HTMLVideoElement) => it.paused)
  }

  /** The video has come to a question and stands there. */
  async meets(number: number): Promise<void> {
    await expect(this.tool.getByRole('heading', { name: new RegExp(`^Question ${number} of`) })).toBeVisible({ timeout: 30_000 })
    await expect.poll(() => this.paused()).toBe(true)
    await expect(this.video, 'no picture in picture while a question is due').toHaveJSProperty('disablePictureInPicture', true)
  }

  async answer(text: string): Promise<void> {
    await this.question.getByRole('textbox').fill(text)
    await this.check.press('Enter')
  }

  /** Answers rightly and goes on. */
  async settle(number: number, word: string): Promise<void> {
    await this.meets(number)
    await this.answer(word)
    await clickUntil(this.goOn, this.tool.getByRole('heading', { name: 'Questions', exact: true }))
    await expect(this.video).toHaveJSProperty('disablePictureInPicture', false)
  }
}
