// An LMS comes in: a link made in the administration, the LMS registers Cuepoint by it, both sides say yes, an installation that nobody
// knows waits on a page that names it, and then launches work.
import { expectGoodWideAndNarrow } from '../support/accessible.ts'
import { test } from '../support/own-lms.ts'
import { Picker } from '../support/picker.ts'
import { expect } from '../support/test.ts'
import { biology } from '../support/visitor.ts'

test('An LMS registers itself by a link; until it and its installation are approved, launches end on pages that say so @once', async ({
  enter,
  ownLms,
  operator,
}) => {
  // Brightspace: registering makes no deployment there, so that its installation is unknown at first.
  const lms = await ownLms('brightspace')
  await operator.open('Registrations')
  await operator.page.getByLabel('Name of the school or LMS').fill('Lakeside School')
  await operator.page.getByLabel('Which LMS').selectOption('Brightspace')
  await operator.page.getByRole('button', { name: 'Make a link' }).press('Enter')
  const shown = operator.page.locator('[role="status"] .admin-command')
  await expect(shown).toBeVisible()
  const link = (await shown.innerText()).trim()
  await expectGoodWideAndNarrow(operator, 'admin: a registration link')

  const tina = await enter('Tina Teacher', { lms })
  await test.step('the LMS registers Cuepoint', async () => {
    await tina.open('/site-admin/tools')
    await tina.page.getByLabel(/registration address/i).fill(link)
    await tina.page.keyboard.press('Enter')
    const frame = tina.page.frameLocator('iframe[name="registration"]')
    await expect(frame.getByRole('heading', { name: /^Connect Cuepoint with/ })).toBeVisible()
    await expectGoodWideAndNarrow(tina, 'registration: before')
    await frame.getByRole('button', { name: 'Register Cuepoint' }).press('Enter')
    await expect(frame.getByRole('heading', { name: /registered and waits for approval/ })).toBeFocused()
    await expectGoodWideAndNarrow(tina, 'registration: after')
    await frame.getByRole('button', { name: /^Close and go back/ }).press('Enter')
    await tina.page.getByRole('button', { name: 'Activate' }).click()
    await expect(tina.page.getByText(/is active: launches now come under its client ID/)).toBeVisible()
  })

  const begin = async () => {
    await tina.open(biology)
    await tina.page.getByRole('link', { name: /add activity/i }).click()
    await tina.page
      .getByRole('main')
      .getByRole('link', { name: /cuepoint/i })
      .click()
  }
  await begin()
  await expect(tina.tool.getByRole('heading', { name: 'This LMS is not active here' })).toBeVisible()
  await expectGoodWideAndNarrow(tina, 'a launch before the approval')

  const waiting = operator.card('Lakeside School').filter({ has: operator.page.getByRole('button', { name: /^Approve/ }) })
  await expect(waiting).toBeVisible()
  await expectGoodWideAndNarrow(operator, 'admin: a registration waits')
  await waiting.getByRole('button', { name: /^Approve/ }).press('Enter')
  await expect(operator.page.getByText('Nothing waits for approval.')).toBeVisible()
  await expect(operator.page.getByRole('heading', { name: 'Waiting for approval' }), 'the button is gone, the focus is not').toBeFocused()

  await begin()
  await expect(tina.tool.getByRole('heading', { name: 'This installation waits for approval' })).toBeVisible()
  await expect(tina.tool.getByText(/\(deployment .+\) has not been approved/)).toBeVisible()
  await expectGoodWideAndNarrow(tina, 'an unknown installation waits')
  await expect(waiting).toContainText('Somebody launched from it')
  await expectGoodWideAndNarrow(operator, 'admin: an installation waits')
  await waiting.getByRole('button', { name: /^Approve/ }).press('Enter')
  await expect(operator.page.getByText('Nothing waits for approval.')).toBeVisible()

  await begin()
  await new Picker(tina.tool).tab(/samples/i)
  await expect(tina.tool.getByRole('button', { name: /use the sample/i }).first()).toBeVisible()
})
