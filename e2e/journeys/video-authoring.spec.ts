// The video editor beyond the main job: a draft tried out as a learner meets it.
import { expectGood } from '../support/accessible.ts'
import { place } from '../support/backstage.ts'
import { clickUntil, scrollAndClick } from '../support/pointer.ts'
import { expect, test } from '../support/test.ts'
import type { VideoScene } from '../support/videos.ts'
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
  await clickUntil(teacher.tool.getByRole('button', { name: 'Edit activity' }), teacher.tool.getByRole('heading', { name: 'Timeline' }))
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
