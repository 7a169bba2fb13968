// Adding activities to a course, and opening them where the browser keeps no cookie of ours: over http; ladder.spec.ts climbs the same rungs
// over https in both browsers.
import type { Request } from '@playwright/test'
import { place, smallQuiz, write } from '../support/backstage.ts'
import { Picker } from '../support/picker.ts'
import { Player } from '../support/player.ts'
import { tick } from '../support/pointer.ts'
import { maxScoreOf, sampleQuiz } from '../support/quizzes.ts'
import { expect, test } from '../support/test.ts'
import { biology } from '../support/visitor.ts'

const inCourse = new RegExp(`${biology}(\\?.*)?$`)

test('Several existing activities are added at once, under their own or other names @once', async ({ enter, school }) => {
  await place(school, 'First of several', { document: smallQuiz(2) })
  await place(school, 'Second of several', { document: smallQuiz(3) })
  const tina = await enter('Tina Teacher')
  await tina.addActivity()
  const picker = new Picker(tina.tool)
  await tick(tina.tool.getByRole('checkbox', { name: /First of several/ }))
  await tick(tina.tool.getByRole('checkbox', { name: /Second of several/ }))
  await expect(tina.tool.getByText(/2 activities chosen/)).toBeVisible()
  await picker.toReview()
  await expect(picker.titles).toHaveCount(2)
  await expect(picker.titles.nth(0)).toHaveValue('First of several')
  await picker.titles.nth(1).fill('Homework of week 2')
  await picker.points.nth(1).fill('7.5')
  await picker.titles.nth(0).fill('Homework of week 1')
  await picker.add()
  await expect(tina.page).toHaveURL(inCourse)
  await expect(tina.activity('Homework of week 1')).toContainText('2 points')
  await expect(tina.activity('Homework of week 2')).toContainText('7.5 points')
})

test('Cancelling goes back to the course and adds nothing @once', async ({ enter, school }) => {
  await place(school, 'Looked at only', { document: smallQuiz(1) })
  const tina = await enter('Tina Teacher')
  await tina.open(biology)
  const before = await tina.page.getByRole('main').getByRole('listitem').count()
  await tina.addActivity()
  await tick(tina.tool.getByRole('checkbox', { name: /Looked at only/ }).first())
  await tina.tool.getByRole('button', { name: /cancel/i }).press('Enter')
  await expect(tina.page).toHaveURL(inCourse)
  await expect(tina.page.getByRole('main').getByRole('listitem')).toHaveCount(before)
  await expect(tina.page.getByRole('status').filter({ hasText: 'Nothing was added.' })).toBeVisible()
  await expect(tina.page.getByText(/error|could not/i)).toHaveCount(0)
})

test('A draft is published on the way, goes out with dates, and its link is changed from the LMS @once', async ({ enter, school }) => {
  await write(school, 'Still a draft', smallQuiz(2))
  const tina = await enter('Tina Teacher')
  await tina.addActivity()
  const picker = new Picker(tina.tool)
  await tina.tool.getByRole('button', { name: 'Publish and choose “Still a draft”' }).press('Enter')
  await expect(tina.tool.getByRole('checkbox', { name: /Still a draft/ })).toBeChecked()
  await picker.toReview()
  await picker.unfold()
  await tina.tool.getByLabel('Text beside the link').fill('For Friday')
  const handIn = tina.tool.getByRole('group', { name: 'Learners may hand in' })
  await handIn.getByLabel('From').fill('2031-05-02T10:00')
  await handIn.getByLabel('Until').fill('2031-05-01T10:00')
  await expect(handIn.getByText('The end must come after the start.')).toBeVisible()
  await picker.add()
  await expect(picker.reviewHeading, 'nothing goes out like that').toBeVisible()
  await handIn.getByLabel('Until').fill('2031-05-09T10:00')
  await picker.add()
  await expect(tina.page).toHaveURL(inCourse)
  await expect(tina.activity('Still a draft')).toContainText('For Friday')
  await expect(tina.activity('Still a draft')).toContainText(/Due .*2031/)

  await tina.openActivity('Still a draft')
  await tina.open(biology)
  await tina.page.getByRole('link', { name: 'Change link Still a draft' }).click()
  await expect(tina.tool.getByRole('heading', { name: 'This link leads to “Still a draft”' })).toBeVisible()
  await tina.tool.getByRole('button', { name: 'Edit the activity' }).press('Enter')
  await expect(tina.tool.getByText('In use at “Still a draft”')).toBeVisible()
  await tina.tool.getByRole('button', { name: 'Close' }).press('Enter')
  await tina.tool.getByRole('button', { name: /^Title, points and dates/ }).press('Enter')
  await picker.titles.fill('Changed from the LMS')
  await picker.add()
  await expect(tina.page).toHaveURL(inCourse)
  await expect(tina.activity('Changed from the LMS')).toContainText('2 points')
  await expect(tina.activity('Still a draft')).toHaveCount(0)
})

test('An activity of another course of hers is copied and added; one deleted meanwhile is told to the LMS @once', async ({
  enter,
  school,
}) => {
  await write(school, 'The long century', smallQuiz(1), { course: '3', publish: true })
  const tina = await enter('Tina Teacher')
  await tina.addActivity()
  const picker = new Picker(tina.tool)
  await picker.tab(/other courses/i)
  await tina.tool.getByRole('button', { name: 'Copy “The long century” from World History since 1900' }).press('Enter')
  const taken = tina.tool.getByRole('checkbox', { name: /The long century/ })
  await expect(taken).toBeChecked()
  await expect(taken, 'what was pressed is gone with its tab').toBeFocused()
  await picker.toReview()
  await tina.page.route(/\/api\/deep-linking\/return$/, async (route) => {
    const { headers, postDataJSON } = { headers: route.request().headers(), postDataJSON: route.request().postDataJSON() }
    const { activityId } = postDataJSON.items[0]
    await fetch(`${school.tool}/api/activities/${activityId}`, {
      method: 'DELETE',
      headers: { authorization: headers.authorization ?? '' },
    })
    await route.continue()
  })
  await picker.add()
  await tina.tool.getByRole('button', { name: /^Go back and tell/ }).press('Enter')
  await expect(tina.page).toHaveURL(inCourse)
  await expect(tina.page.getByRole('alert').filter({ hasText: 'has been deleted in Cuepoint' })).toBeVisible()
  await expect(tina.activity('The long century')).toHaveCount(0)
})

test('A Canvas assignment takes one activity, and opens by platform storage when every cookie of ours is gone @once', async ({
  enter,
  school,
}) => {
  const lms = await school.canvas()
  const quiz = sampleQuiz('rivers-and-climate')
  const tina = await enter('Tina Teacher', { lms })
  await tina.addActivity(/assignment/i)
  const picker = new Picker(tina.tool)
  await picker.tab(/samples/i)
  await tina.tool.getByRole('button', { name: new RegExp(`use .*${quiz.title}`, 'i') }).press('Enter')
  await expect(picker.reviewHeading).toBeVisible()
  await expect.soft(picker.titles, 'the quiz keeps its own name').toHaveValue(quiz.title, { timeout: 2000 })
  await picker.titles.fill(quiz.title)
  await picker.add()
  await expect(tina.page).toHaveURL(inCourse)
  await expect(tina.activity(quiz.title)).toContainText(`${maxScoreOf(quiz)} points`)

  const sam = await enter('Sam Student', { lms })
  const launches: Request[] = []
  sam.page.on('request', (request) => {
    if (request.url().endsWith('/lti/launch')) launches.push(request)
  })
  // Between login and launch the browser forgets us.
  await sam.page.route(/\/api\/lti\/authorize_redirect/, async (route) => {
    await sam.page.context().clearCookies({ domain: '127.0.0.1' })
    await route.continue()
  })
  await sam.open(biology)
  await sam.page.getByRole('link', { name: quiz.title, exact: true }).click()
  const player = new Player(sam.tool)
  await player.start()
  expect(launches, 'the launch comes twice: without a cookie, then with what the platform kept').toHaveLength(2)
  expect((await launches[1]?.allHeaders())?.cookie).toBeUndefined()
  expect(new URLSearchParams(launches[1]?.postData() ?? '').get('storage_binding')).toBeTruthy()
  await player.answerAll(quiz, () => 'right')
  await player.handIn()
  await expect(player.inGradebook).toBeVisible()
  await sam.open(`${biology}/gradebook`)
  await expect(sam.page.getByRole('listitem').filter({ hasText: quiz.title })).toContainText(
    `${maxScoreOf(quiz)} of ${maxScoreOf(quiz)} points`,
  )
})

test('Where nothing recognises the browser in the frame, a window of its own opens by keyboard and ends in the activity @once', async ({
  enter,
  school,
}) => {
  const placed = await place(school, 'In a window of its own', { document: smallQuiz(1) })
  const sam = await enter('Sam Student')
  // This page's frame only: the new window keeps what it gets.
  await sam.page.route(/\/lti\/launch$/, async (route) => {
    await sam.page.context().clearCookies({ domain: '127.0.0.1' })
    await route.continue()
  })
  await sam.open(placed.path)
  await expect(sam.tool.getByRole('heading', { name: /open in a new window/i })).toBeVisible()
  const button = sam.tool.getByRole('link', { name: /new window/i }).or(sam.tool.getByRole('button', { name: /new window/i }))
  for (let pressed = 0; pressed < 30; pressed++) {
    if (await button.evaluate((one) => one === document.activeElement && document.hasFocus())) break
    await sam.page.keyboard.press('Tab')
  }
  await expect(button).toBeFocused()
  const opening = sam.page.context().waitForEvent('page')
  await sam.page.keyboard.press('Enter')
  const own = await opening
  const player = new Player(own.mainFrame())
  await player.start()
  await player.question.getByRole('textbox').fill('right')
  await player.handIn()
  await expect(player.score).toContainText('1 of 1')
  await expect(player.inGradebook).toBeVisible()
})
