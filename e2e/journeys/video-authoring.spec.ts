// The video editor beyond the main job: a draft tried out as a learner meets it, uploads that are interrupted, files that are in use,
// and the small forms: picture, sound, formula, captions.
import { readFile, writeFile } from 'node:fs/promises'
import type { Request, Route } from '@playwright/test'
import { expectGood } from '../support/accessible.ts'
import { place } from '../support/backstage.ts'
import { clickUntil, scrollAndClick } from '../support/pointer.ts'
import { expect, test } from '../support/test.ts'
import { clip, type VideoScene } from '../support/videos.ts'
import { Viewer } from '../support/viewer.ts'
import type { Visitor } from '../support/visitor.ts'

const scene: VideoScene = {
  cues: [
    { atSeconds: 3, word: 'people', triesAllowed: 3, backToSeconds: 1 },
    { atSeconds: 8, word: 'street', required: false },
  ],
}

async function openEditor(teacher: Visitor, path: string): Promise<void> {
  await teacher.open(path)
  await clickUntil(
    teacher.tool.getByRole('button', { name: 'Edit activity' }),
    teacher.tool.getByRole('heading', { name: 'Video', exact: true }),
  )
}

test('An author tries the draft out as a learner meets it, from any moment, and nothing is recorded @once', async ({ enter, school }) => {
  const placed = await place(school, 'A street, tried out', { video: scene })
  const tina = await enter('Tina Teacher')
  await openEditor(tina, placed.path)
  const { tool } = tina
  const viewer = new Viewer(tool)
  const posted: string[] = []
  tina.page.on('request', (request) => void (request.method() !== 'GET' && posted.push(new URL(request.url()).pathname)))
  const back = tool.getByRole('button', { name: 'Back to the editor' }).first()
  const tryOut = tool.getByRole('button', { name: /^Try it as a learner from/ })

  await test.step('from the start: wrong leads back, right goes on', async () => {
    await clickUntil(tryOut, back)
    await expect(tool.getByText('This is only a try-out: nothing is recorded.', { exact: false })).toBeVisible()
    await viewer.play()
    await viewer.meets(1)
    await expectGood(tina, 'try-out: a question is due')
    await viewer.answer('cars')
    await expect(tool.getByText('Look again.')).toBeVisible()
    await expect(tool.getByText('2 tries left')).toBeVisible()
    await clickUntil(
      tool.getByRole('button', { name: 'Watch again from 0:01' }),
      tool.getByRole('heading', { name: 'Questions', exact: true }),
    )
    await viewer.settle(1, 'people')
    await viewer.meets(2)
    await clickUntil(
      tool.getByRole('button', { name: 'Go on without answering' }),
      tool.getByRole('heading', { name: 'Questions', exact: true }),
    )
    await expect(tool.getByText('Here learners hand in, with 1 question still open.', { exact: false })).toBeVisible({ timeout: 30_000 })
    await expectGood(tina, 'try-out: its end')
    await clickUntil(back, tryOut)
    await expect(tryOut).toBeFocused()
  })

  await test.step('from a moment, with the question as it was changed just now', async () => {
    await scrollAndClick(tool.getByRole('button', { name: /^0:08 2\. Write/ }))
    const box = tool.getByRole('textbox', { name: 'Accepted answer 1', exact: true })
    await box.fill('lamp')
    await scrollAndClick(tool.getByRole('button', { name: /Show this moment/ }).first())
    await clickUntil(tool.getByRole('button', { name: 'Try it as a learner from 0:08' }), back)
    await expect(tool.getByText('What comes before 0:08 counts as watched and answered.')).toBeVisible()
    await viewer.play()
    await viewer.meets(2)
    await viewer.answer('lamp')
    await expect(tool.getByText('Right.', { exact: true }).first()).toBeVisible()
    await tina.page.setViewportSize({ width: 375, height: 740 })
    await expectGood(tina, 'try-out: on a phone')
    await clickUntil(back, tryOut)
  })
  // Checks and the draft's saves: no attempt, no report of watching, no event.
  expect(posted.filter((path) => !/\/(try-out\/cues\/c\d\/check|draft)$/.test(path))).toEqual([])
})

/** The clip with 40 MiB of nothing behind it: a valid file whose upload has several pieces. */
async function largeFile(path: string): Promise<string> {
  const bytes = await readFile(clip)
  const free = Buffer.alloc(40 * 1_048_576)
  free.writeUInt32BE(free.length, 0)
  free.write('free', 4, 'latin1')
  await writeFile(path, Buffer.concat([bytes, free]))
  return path
}

/** Lets so many pieces of uploads through and holds the others back. */
class Pieces {
  readonly offsets: number[] = []
  #held: Route[] = []
  #may = 0

  async onto(visitor: Visitor): Promise<void> {
    await visitor.page.route('**/api/uploads/*', async (route, request: Request) => {
      if (request.method() !== 'PATCH') return route.fallback()
      this.offsets.push(Number(request.headers()['upload-offset']))
      if (this.#may <= 0) return void this.#held.push(route)
      this.#may -= 1
      await route.fallback()
    })
  }

  allow(count: number): void {
    this.#may = count
  }

  get held(): number {
    return this.#held.length
  }

  /** As if the line broke under those that are held. */
  async drop(): Promise<void> {
    for (const route of this.#held.splice(0)) await route.abort('connectionreset').catch(() => undefined)
  }
}

test('An upload goes on where it stopped: after a pause, a reload, ten seconds without a network and a restart of the server @once', async ({
  enter,
  school,
}, info) => {
  test.setTimeout(180_000)
  const placed = await place(school, 'A street, uploaded', { video: scene })
  const file = await largeFile(info.outputPath('Lecture.mp4'))
  const tina = await enter('Tina Teacher')
  const { tool } = tina
  const pieces = new Pieces()
  await pieces.onto(tina)
  await openEditor(tina, placed.path)
  const chooser = tool.locator('input[type="file"][accept*="video"]').first()
  const goesOn = tool.getByText('No connection. The upload goes on by itself', { exact: false })

  await test.step('paused, and the page left', async () => {
    await scrollAndClick(tool.getByRole('button', { name: 'Use another video' }))
    pieces.allow(1)
    await chooser.setInputFiles(file)
    await expect.poll(() => pieces.held, { timeout: 30_000 }).toBe(1)
    await expect(tool.getByText(/^19% · /)).toBeVisible()
    await tool.getByRole('button', { name: 'Pause', exact: true }).press('Enter')
    await expect(tool.getByText('Paused.')).toBeVisible()
    await expectGood(tina, 'upload: paused')
    // Questions need not wait for the video.
    await expect(tool.getByRole('button', { name: 'Add a question', exact: true })).toBeVisible()
    await tool.getByRole('button', { name: 'Go on', exact: true }).press('Enter')
    await expect.poll(() => pieces.held, { timeout: 30_000 }).toBe(2)
    expect(pieces.offsets).toEqual([0, 8_388_608, 8_388_608])
    await expect(tool.getByText(/^Saved/).first()).toBeVisible()
    tina.page.once('dialog', (dialog) => void dialog.accept())
    await tina.page.reload()
    await pieces.drop()
  })

  await test.step('the same file once more, not another one', async () => {
    await openEditor(tina, placed.path)
    // What was on its way when the page was left may have come.
    await expect(tool.getByText(/^The upload of Lecture\.mp4 stopped at (19|2\d|3\d)%/)).toBeVisible()
    await chooser.setInputFiles(clip)
    await expect(tool.getByText(/^That is another file/)).toBeVisible()
    await expectGood(tina, 'upload: interrupted')
    pieces.offsets.length = 0
    await chooser.setInputFiles(file)
    await expect.poll(() => pieces.held, { timeout: 30_000 }).toBe(1)
    expect(pieces.offsets[0]).toBeGreaterThanOrEqual(8_388_608)
  })

  await test.step('ten seconds without a network', async () => {
    await tina.page.context().setOffline(true)
    await pieces.drop()
    await expect(goesOn).toBeVisible()
    await tina.page.waitForTimeout(10_000)
    pieces.allow(1)
    await tina.page.context().setOffline(false)
    await expect.poll(() => pieces.offsets.at(-1), { timeout: 40_000 }).toBe((pieces.offsets[0] ?? 0) + 8_388_608)
  })

  await test.step('the server is killed, and starts again', async () => {
    await expect.poll(() => pieces.held).toBe(1)
    await school.kill()
    pieces.allow(1000)
    await pieces.drop()
    await expect(goesOn).toBeVisible({ timeout: 30_000 })
    await school.startAgain()
    await expect(tool.getByText('0:12 · 42.1 MB')).toBeVisible({ timeout: 90_000 })
    expect(Math.min(...pieces.offsets.slice(1))).toBeGreaterThan(0)
  })

  await test.step('a file that learners meet is not deleted', async () => {
    await scrollAndClick(tool.getByRole('button', { name: 'Use another video' }))
    await scrollAndClick(tool.getByRole('button', { name: 'Delete street.mp4' }))
    await clickUntil(
      tool.getByRole('button', { name: 'Delete it', exact: true }),
      tool.getByText('street.mp4 is in use, so it was not deleted'),
    )
    await expect(tool.getByText(/Learners meet this file in .*“A street, uploaded”/)).toBeVisible()
    await expectGood(tina, 'videos of the course: in use')
    await tina.page.setViewportSize({ width: 375, height: 740 })
    await expectGood(tina, 'videos of the course: on a phone')
  })
})

/** One red pixel. */
const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64')

test('Pictures, sounds, formulas and captions are put in by forms that everyone can use; personal data in captions is pointed out @once', async ({
  enter,
  school,
}) => {
  test.setTimeout(180_000)
  const placed = await place(school, 'A street, described', { video: scene })
  const tina = await enter('Tina Teacher')
  const { tool } = tina
  await openEditor(tina, placed.path)
  const small = () => tina.page.setViewportSize({ width: 375, height: 740 })
  const wide = () => tina.page.setViewportSize({ width: 1280, height: 900 })
  const insert = tool.getByRole('button', { name: 'Insert', exact: true })

  await test.step('a picture needs its words', async () => {
    const bar = tool.getByRole('toolbar', { name: 'Formatting of: Question' })
    await clickUntil(tool.getByRole('button', { name: /^0:03 1\. Write/ }), bar)
    await clickUntil(bar.getByRole('button', { name: 'Picture' }), tool.getByLabel(/^Picture \(PNG/))
    await tool.getByLabel(/^Picture \(PNG/).setInputFiles({ name: 'red.png', mimeType: 'image/png', buffer: pixel })
    await insert.press('Enter')
    await expect(tool.getByText('Write what the picture shows: some learners cannot see it.').first()).toBeVisible()
    await expectGood(tina, 'picture form')
    await small()
    await expectGood(tina, 'picture form on a phone')
    await wide()
    await tool.getByRole('textbox', { name: /^What the picture shows/ }).fill('A red square')
    await clickUntil(insert, tool.getByRole('img', { name: 'A red square' }))
    await clickUntil(bar.getByRole('button', { name: 'Sound' }), tool.getByRole('textbox', { name: /^Name of the sound/ }))
    await expectGood(tina, 'sound form')
    await tool.getByRole('textbox', { name: /^Name of the sound/ }).press('Escape')
    await clickUntil(bar.getByRole('button', { name: 'Formula' }), tool.getByRole('textbox', { name: /^Formula in LaTeX/ }))
    await tool.getByRole('textbox', { name: /^Formula in LaTeX/ }).fill('\\frac{1}{2}')
    await expect(tool.getByRole('img', { name: 'The formula as it will look' })).toBeVisible()
    await expectGood(tina, 'formula form')
    await clickUntil(insert, tool.locator('[contenteditable] math').first())
  })

  await test.step('captions, line by line', async () => {
    await tool.getByRole('textbox', { name: /^Language/ }).fill('fr')
    await tool.getByRole('textbox', { name: 'Name in the menu' }).fill('Français')
    const text = tool.getByRole('textbox', { name: 'Text, line 1' })
    await clickUntil(tool.getByRole('button', { name: 'Write captions by hand' }), text)
    await text.fill('Questions ? jo@school.example')
    await expectGood(tina, 'caption editor')
    await small()
    await expectGood(tina, 'caption editor on a phone')
    await wide()
    // What cannot be saved is not closed, and what can be is not lost by closing.
    const done = tool.getByRole('button', { name: 'Done with “Français”' })
    await text.fill('')
    await done.press('Enter')
    await expect(text).toBeFocused()
    await expect(tool.getByText(/^1 line cannot be saved/)).toBeVisible()
    await text.fill('Questions ? jo@school.example')
    await done.press('Enter')
    await expect(tool.getByRole('button', { name: 'Edit “Français”' })).toBeVisible()
    await expect(tool.getByText(/^A caption at 0:0\d holds what looks like a mail address: .*jo@school\.example/)).toBeVisible()
    await expectGood(tina, 'video editor: personal data in captions')
    await scrollAndClick(tool.getByRole('button', { name: 'Delete “Français”' }))
    await scrollAndClick(tool.getByRole('button', { name: 'Delete them' }))
    await expect(tool.getByText(/holds what looks like a mail address/)).toBeHidden()
  })

  await test.step('a chapter is deleted by keys, and comes back', async () => {
    const title = tool.getByRole('textbox', { name: /^Title of the chapter at/ })
    await scrollAndClick(tool.getByRole('button', { name: /^Add a chapter at/ }))
    await title.fill('Nobody yet')
    await tool.getByRole('button', { name: 'Delete chapter “Nobody yet”' }).press('Enter')
    await expect(title).toBeHidden()
    const undo = tool.getByRole('button', { name: 'Undo', exact: true })
    await expect(undo).toBeFocused()
    await undo.press('Enter')
    await expect(title).toHaveValue('Nobody yet')
    await expect(title).toBeFocused()
  })
})
