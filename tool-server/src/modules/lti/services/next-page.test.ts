import { expect, it } from 'vitest'
import { nextPageOf } from './next-page.ts'

const from = 'https://lms.example.edu/members?limit=50'

it.each([
  ['no header', undefined, { is: 'last' }],
  ['other relations only', '<https://lms.example.edu/members?d=1>; rel="differences"', { is: 'last' }],
  ['a next of the same origin', '<https://lms.example.edu/m?p=2>; rel="next"', { is: 'next', url: 'https://lms.example.edu/m?p=2' }],
  ['an unquoted relation', '<https://lms.example.edu/m?p=2>;rel=next', { is: 'next', url: 'https://lms.example.edu/m?p=2' }],
  ['a relative address', '</m?p=2>; rel="next"', { is: 'next', url: 'https://lms.example.edu/m?p=2' }],
  ['several relations', '<https://lms.example.edu/a,b>; rel="last next"; title="x, y"', { is: 'next', url: 'https://lms.example.edu/a,b' }],
  [
    'next behind others',
    '<https://lms.example.edu/1>; rel="first", <https://lms.example.edu/2>; rel="next"',
    { is: 'next', url: 'https://lms.example.edu/2' },
  ],
  ['another host', '<https://evil.example/m?p=2>; rel="next"', { is: 'foreign' }],
  ['another scheme', '<http://lms.example.edu/m?p=2>; rel="next"', { is: 'foreign' }],
  ['another port', '<https://lms.example.edu:8443/m>; rel="next"', { is: 'foreign' }],
  ['a protocol-relative host', '<//evil.example/m>; rel="next"', { is: 'foreign' }],
  ['a user name', '<https://me@lms.example.edu/m>; rel="next"', { is: 'foreign' }],
  ['a script', '<javascript:alert(1)>; rel="next"', { is: 'foreign' }],
  ['curly quotes as Moodle writes them', Buffer.from('<https://lms.example.edu/2>; rel=“next”').toString('latin1'), { is: 'malformed' }],
  ['no brackets', 'https://lms.example.edu/2; rel="next"', { is: 'malformed' }],
  ['an open bracket', '<https://lms.example.edu/2; rel="next"', { is: 'malformed' }],
  ['an empty address', '<>; rel="next"', { is: 'malformed' }],
])('reads %s', (_what, header, wanted) => {
  expect(nextPageOf(header, from)).toEqual(wanted)
})

it('does not take long over a long header', () => {
  const start = performance.now()
  nextPageOf(`<${'a'.repeat(8000)}>${'; a="b"'.repeat(1000)}; rel=“next”`, from)
  expect(performance.now() - start).toBeLessThan(200)
})
