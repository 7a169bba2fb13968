// What the browser of this project refuses: without this the other journeys prove nothing. (The fixture checks it before every journey.)
import { expect, test } from '../support/test.ts'

test('This browser refuses a third party’s cookies, except partitioned ones', async ({ thirdParty }) => {
  expect(thirdParty.cookies).toEqual(['partitioned'])
})
