// One browser, many ways to come back: reloads, the back button, tabs, another person, an address that was passed on.
import { place, smallQuiz } from '../support/backstage.ts'
import { Player } from '../support/player.ts'
import { expect, test } from '../support/test.ts'
import { biology, type Visitor } from '../support/visitor.ts'

/** The address in the tool's frame. */
const addressIn = (visitor: Visitor) => visitor.tool.locator('html').evaluate(() => location.href)

test('A reload of the frame alone goes on with the same attempt', async ({ enter, school, mode }) => {
  const placed = await place(school, 'Frame reloaded', { document: smallQuiz(2) })
  const sam = await enter('Sam Student')
  const player = new Player(sam.tool)
  await sam.open(placed.path)
  await player.start()
  await player.question.getByRole('textbox').fill('right')
  await player.saved()
  await expect.poll(() => addressIn(sam)).toMatch(/\/a\/[\w-]+$/)
  await sam.tool.locator('html').evaluate(() => location.reload())
  await expect(player.question).toBeVisible()
  await expect(player.question.getByRole('textbox'), `in mode ${mode}`).toHaveValue('right')
  await player.toNext()
  await player.question.getByRole('textbox').fill('right')
  await player.handIn()
  await expect(player.score).toContainText('2 of 2')
})

test('Back and forward, and a reload of the whole page, end in the activity again', async ({ enter, school }) => {
  const placed = await place(school, 'Back and forward', { document: smallQuiz(2) })
  const sam = await enter('Sam Student')
  const player = new Player(sam.tool)
  await sam.openActivity(placed.title)
  await player.start()
  await player.question.getByRole('textbox').fill('right')
  await player.saved()
  const entries = await sam.page.evaluate(() => history.length)
  await player.toNext()
  await player.goTo(1)
  expect(await sam.page.evaluate(() => history.length), 'the tool puts nothing of its own into the history').toBe(entries)
  // The browser's own buttons skip entries that a page made unasked (the LMS's pages that post themselves onward): so does this.
  const session = await sam.page.context().newCDPSession(sam.page)
  const { currentIndex, entries: all } = await session.send('Page.getNavigationHistory')
  const course = all.slice(0, currentIndex).findLast(({ url }) => new URL(url).pathname === biology)
  await session.send('Page.navigateToHistoryEntry', { entryId: course?.id ?? -1 })
  await expect(sam.page.getByRole('heading', { name: 'Activities' })).toBeVisible()
  await session.send('Page.navigateToHistoryEntry', { entryId: all[currentIndex]?.id ?? -1 })
  await expect(player.question.getByRole('textbox')).toHaveValue('right')
  await sam.page.reload()
  await expect(player.question.getByRole('textbox')).toHaveValue('right')
})

test('Back inside the frame ends in the activity, in the course, or on words with a way on, and nothing is lost', async ({
  enter,
  school,
}) => {
  const placed = await place(school, 'Back in the frame', { document: smallQuiz(2) })
  const sam = await enter('Sam Student')
  const player = new Player(sam.tool)
  await sam.openActivity(placed.title)
  await player.start()
  await player.question.getByRole('textbox').fill('right')
  await player.saved()
  await sam.tool.locator('html').evaluate(() => history.back())
  // Where it leads is the browser's business: to the LMS's course page, to a launch anew, or to a launch of the LMS that is used up.
  const places = {
    course: sam.page.getByRole('heading', { name: 'Activities' }),
    'a way on': sam.tool.getByRole('link', { name: /course/i }),
    activity: player.question,
  }
  const where = async () => {
    for (const [name, place] of Object.entries(places)) if (await place.isVisible()) return name
    return 'nowhere'
  }
  await expect.poll(where, { timeout: 20_000 }).not.toBe('nowhere')
  if (!(await player.question.isVisible())) await sam.openActivity(placed.title)
  await expect(player.question.getByRole('textbox')).toHaveValue('right')
})

test('Two tabs of one student show one attempt, and what is handed in in one is handed in in the other', async ({ enter, school }) => {
  const placed = await place(school, 'Two tabs', { document: smallQuiz(3) })
  const sam = await enter('Sam Student')
  const first = new Player(sam.tool)
  await sam.open(placed.path)
  await first.start()
  await first.question.getByRole('textbox').fill('right')
  await first.saved()
  await sam.openNewTab()
  const second = new Player(sam.tool)
  await sam.open(placed.path)
  await expect(second.question.getByRole('textbox')).toHaveValue('right')
  await second.goTo(2)
  await second.question.getByRole('textbox').fill('right')
  await second.saved()
  await first.goTo(3)
  await first.question.getByRole('textbox').fill('right')
  await expect(first.tool.getByText(/^saved \d/i)).toBeVisible()
  await first.tool.getByRole('button', { name: /^Question 3, answered/ }).waitFor()
  await second.saved()
  await second.handIn()
  await expect(second.score).toContainText('3 of 3')
  // The first tab still shows the questions: trying to go on there ends in the result as well, not in an error.
  await first.handIn()
  await expect(first.score).toContainText('3 of 3')
})

test('Two students at one browser, one after the other, each meet their own work', async ({ enter, school }) => {
  const placed = await place(school, 'One browser for two', { document: smallQuiz(1) })
  const visitor = await enter('Sam Student')
  const player = new Player(visitor.tool)
  await visitor.open(placed.path)
  await player.start()
  await player.question.getByRole('textbox').fill('right')
  await player.saved()
  const samsAddress = await addressIn(visitor)
  await visitor.signOut()

  await visitor.signIn("Zoë O'Neill")
  await visitor.open(placed.path)
  await player.start()
  await expect(player.question.getByRole('textbox'), 'nothing of Sam’s').toHaveValue('')
  await player.question.getByRole('textbox').fill('wrong')
  await player.handIn()
  await expect(player.score).toContainText('0 of 1')
  // Going back through the history must not bring Sam's session up under Zoë's name either.
  expect(await addressIn(visitor)).not.toBe(samsAddress)
  await visitor.signOut()

  await visitor.signIn('Sam Student')
  await visitor.open(placed.path)
  await expect(player.question.getByRole('textbox')).toHaveValue('right')
  await player.handIn()
  await expect(player.score).toContainText('1 of 1')
})

test('The address of a launch, pasted into another browser, says to open it again from the course', async ({
  enter,
  school,
  newBrowser,
}) => {
  const placed = await place(school, 'Passed on', { document: smallQuiz(1) })
  const sam = await enter('Sam Student')
  await sam.open(placed.path)
  await new Player(sam.tool).start()
  await expect.poll(() => addressIn(sam)).toMatch(/\/a\/[\w-]+$/)
  const address = await addressIn(sam)
  const stranger = await (await newBrowser()).newPage()
  await stranger.goto(address)
  await expect(stranger.getByRole('heading', { name: /again from your course/i })).toBeVisible()
  await expect(stranger.getByText(/write “right”/i)).toHaveCount(0)
})

test('“Open in a new tab” goes on where the frame may store nothing, and the frame says so', async ({ enter, school, mode }) => {
  test.skip(mode === 'restricted', 'offered only where nothing can be stored')
  const placed = await place(school, 'Into a new tab', { document: smallQuiz(2) })
  const sam = await enter('Sam Student')
  const player = new Player(sam.tool)
  await sam.open(placed.path)
  await player.start()
  await player.question.getByRole('textbox').fill('right')
  const opening = sam.page.context().waitForEvent('page')
  await sam.tool.getByRole('button', { name: /open in a new tab/i }).press('Enter')
  const tab = await opening
  const own = new Player(tab.mainFrame())
  await expect(own.question.getByRole('textbox')).toHaveValue('right')
  expect(tab.url()).toMatch(/\/a\/[\w-]+$/)
  await expect(sam.tool.getByRole('heading', { name: /open in a new tab/i })).toBeVisible()
  await own.toNext()
  await own.question.getByRole('textbox').fill('right')
  await own.handIn()
  await expect(own.score).toContainText('2 of 2')
})
