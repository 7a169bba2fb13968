// The administration, as whoever runs Cuepoint meets it: signing in, the doctor, a launch found by its support code, the report, keys.
import { expectGoodWideAndNarrow } from '../support/accessible.ts'
import { place, smallQuiz } from '../support/backstage.ts'
import { Operator } from '../support/operator.ts'
import { test } from '../support/own-lms.ts'
import { expect } from '../support/test.ts'

test('An operator signs in by a link that works once, and by nothing else @once', async ({ school, newBrowser }) => {
  const link = await school.adminLink()
  const first = new Operator(await (await newBrowser()).newPage())
  await first.page.goto(`${school.tool}/admin`)
  await expect(first.heading('Sign in to the administration')).toBeVisible()
  await expectGoodWideAndNarrow(first, 'admin: sign-in')
  await first.page.getByLabel('Or paste a link here').fill('not a link')
  await first.page.keyboard.press('Enter')
  await expect(first.page.getByText(/not a link of this server/)).toBeVisible()
  await first.page.getByLabel('Or paste a link here').fill(link)
  await first.page.keyboard.press('Enter')
  await expect(first.heading('Platforms')).toBeFocused()
  expect(first.page.url(), 'the secret is out of the address').not.toContain('link=')
  await first.page.reload()
  await expect(first.heading('Platforms')).toBeVisible()

  const second = new Operator(await (await newBrowser()).newPage())
  await second.page.goto(link)
  await expect(second.page.getByRole('alert')).toContainText('used already')
  await expectGoodWideAndNarrow(second, 'admin: a used link')

  await first.page.context().setOffline(true)
  await expect(first.page.getByRole('alert').first()).toContainText(/connection/i, { timeout: 20_000 })
  await expectGoodWideAndNarrow(first, 'admin: without a network')
  await first.page.context().setOffline(false)
  await expect(first.page.getByRole('alert')).toHaveCount(0, { timeout: 20_000 })
  await first.page.getByRole('button', { name: 'Sign out' }).press('Enter')
  await expect(first.heading('You are signed out')).toBeFocused()
})

test('The doctor tries an LMS out, and a refused launch is found by the support code of its page @once', async ({
  enter,
  school,
  operator,
}) => {
  const placed = await place(school, 'Found by its code', { document: smallQuiz(1) })
  const sam = await enter('Sam Student')
  await sam.open(placed.path)
  await expect(sam.tool.getByRole('heading', { name: /^Question 1/ })).toBeVisible()
  await sam.page.route(/\/lti\/launch$/, async (route) => {
    const form = new URLSearchParams(route.request().postData() ?? '')
    const body = new URLSearchParams({ id_token: `${form.get('id_token')}x`, state: form.get('state') ?? '' })
    await route.continue({ postData: body.toString() })
  })
  await sam.open(placed.path)
  const code = (await sam.tool.locator('.code code').innerText()).trim()

  await expectGoodWideAndNarrow(operator, 'admin: platforms')
  const platform = operator.page.getByRole('region', { name: /Northfield College/ }).first()
  await platform.getByRole('button', { name: 'Try it out' }).press('Enter')
  await expect(platform.getByRole('listitem').filter({ hasText: 'Delete the test column' })).toHaveAttribute('data-ok', 'true', {
    timeout: 20_000,
  })
  await expectGoodWideAndNarrow(operator, 'admin: tried out')

  await operator.open('Launches')
  await expectGoodWideAndNarrow(operator, 'admin: launches')
  await operator.page.getByLabel('Support code').fill(code.toLowerCase())
  await operator.page.keyboard.press('Enter')
  await expect(operator.heading(`What is kept under the code ${code}`)).toBeFocused()
  const flight = operator.card(code)
  await expect(flight).toContainText('refused')
  await expect(flight.getByText(/^The signature is right: failed/)).toBeVisible()
  await expectGoodWideAndNarrow(operator, 'admin: a launch step by step')
  await operator.page.goBack()
  await expect(operator.heading('Launches and calls')).toBeVisible()

  await operator.open('Report')
  await expect(operator.page.getByRole('row').filter({ hasText: 'Northfield College' }).first()).toBeVisible()
  await expectGoodWideAndNarrow(operator, 'admin: report')
  const saving = operator.page.waitForEvent('download')
  await operator.page.getByRole('button', { name: 'Save as CSV' }).press('Enter')
  expect((await saving).suggestedFilename()).toMatch(/\.csv$/)
})

test('A new signing key is counted down until it signs, and launches work all the while @once', async ({ enter, school, operator }) => {
  await operator.open('Registrations')
  await expect(operator.page.getByText('signs now')).toBeVisible()
  await operator.page.getByRole('button', { name: 'Make a new key' }).press('Enter')
  await expect(operator.page.getByText(/published already; signs in 23 h 59 min/)).toBeVisible()
  await expect(operator.page.getByText(/signs now, for another 23 h 59 min/)).toBeVisible()
  await expectGoodWideAndNarrow(operator, 'admin: registrations, a key on its way')
  await operator.page.getByRole('button', { name: 'Make a new key' }).press('Enter')
  await expect(operator.page.getByRole('alert')).toContainText(/on its way already/)
  const placed = await place(school, 'While keys change', { document: smallQuiz(1) })
  const sam = await enter('Sam Student')
  await sam.open(placed.path)
  await expect(sam.tool.getByRole('heading', { name: /^Question 1/ })).toBeVisible()
})
