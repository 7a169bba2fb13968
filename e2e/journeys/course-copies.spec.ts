// A course was copied in the LMS: its learners read calm words until their teacher has decided, and the teacher copies, shares, takes the share
// back, or chooses anew.
import { expectGoodWideAndNarrow } from '../support/accessible.ts'
import { place, smallQuiz } from '../support/backstage.ts'
import { type OwnLms, test } from '../support/own-lms.ts'
import { Player } from '../support/player.ts'
import { expect } from '../support/test.ts'

const came = 'This link came from “Introduction to Biology”'

/** The pages of a new copy of the biology course, in the order of its links. */
async function copied({ simulated }: OwnLms, title: string): Promise<string[]> {
  const { id } = await simulated.copyCourse('2', { title })
  return [...simulated.state.items.values()].filter((it) => it.courseId === id).map((it) => `/courses/${id}/items/${it.id}`)
}

test('A copied course asks its teacher: use copies, share and take it back, or choose anew @once', async ({ enter, school, ownLms }) => {
  test.setTimeout(150_000)
  const lms = await ownLms('moodle', { name: 'A school with copies', approved: true })
  const tina = await enter('Tina Teacher', { lms })
  for (const title of ['Cells', 'Leaves']) {
    const placed = await place({ ...school, lms }, title, { document: smallQuiz(1) })
    await tina.open(placed.path)
    await expect(tina.tool.getByRole('heading', { level: 1, name: title })).toBeVisible()
  }
  const sam = await enter('Sam Student', { lms })

  await test.step('use copies', async () => {
    const [first = '', second = ''] = await copied(lms, 'Biology, spring')
    await sam.open(first)
    await expect(sam.tool.getByRole('heading', { name: 'Your teacher is still setting this up' })).toBeVisible()
    await expectGoodWideAndNarrow(sam, 'copies: a learner waits')
    await tina.open(first)
    await expect(tina.tool.getByRole('heading', { level: 1, name: came })).toBeFocused()
    await expectGoodWideAndNarrow(tina, 'copies: the teacher decides')
    const all = tina.tool.getByRole('checkbox', { name: /^Decide this for everything/ })
    if (!(await all.isChecked())) await all.press('Space')
    await expect(all).toBeChecked()
    await tina.tool.getByRole('button', { name: 'Use a copy' }).press('Enter')
    await expect(tina.tool.getByRole('button', { name: 'Edit activity' })).toBeVisible()
    await expect(tina.tool.getByRole('heading', { level: 1 })).toBeFocused()
    for (const path of [first, second]) {
      await sam.open(path)
      await new Player(sam.tool).start()
    }
  })

  await test.step('share, and take it back', async () => {
    const [first = ''] = await copied(lms, 'Biology, autumn')
    await tina.open(first)
    await expect(tina.tool.getByRole('heading', { level: 1, name: came })).toBeFocused()
    await tina.page.context().setOffline(true)
    await tina.tool.getByRole('button', { name: 'Use the same activity' }).press('Enter')
    await expect(tina.tool.getByRole('alert')).toContainText(/connection/i, { timeout: 20_000 })
    await expectGoodWideAndNarrow(tina, 'copies: without a network')
    await tina.page.context().setOffline(false)
    await tina.tool.getByRole('alert').getByRole('button', { name: 'Try again' }).press('Enter')
    await expect(tina.tool.getByText('Shared from “Introduction to Biology”')).toBeVisible()
    await expect(tina.tool.getByRole('button', { name: 'Edit activity' }), 'it is edited where it belongs').toHaveCount(0)
    await expectGoodWideAndNarrow(tina, 'copies: shared')
    await sam.open(first)
    await new Player(sam.tool).start()
    await tina.tool.getByRole('button', { name: 'Take the share back' }).press('Enter')
    await expect(tina.tool.getByRole('heading', { level: 1, name: came })).toBeFocused()
    await sam.open(first)
    await expect(sam.tool.getByRole('heading', { name: 'Your teacher is still setting this up' })).toBeVisible()
  })

  await test.step('choose anew', async () => {
    const [first = ''] = await copied(lms, 'Biology, evening')
    await tina.open(first)
    await tina.tool.getByRole('button', { name: 'Choose another activity' }).press('Enter')
    await expect(tina.tool.getByRole('tab', { name: /samples/i })).toBeVisible()
    await expectGoodWideAndNarrow(tina, 'copies: choose anew')
  })
})
