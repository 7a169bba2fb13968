// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { cleanHtml, plainText, safeAddress } from './clean.ts'

describe('the safe subset', () => {
  it.each([
    ['<b>a</b> <i>b</i>', '<strong>a</strong> <em>b</em>'],
    ['<div>a</div><div>b</div>', '<p>a</p><p>b</p>'],
    ['<p style="color:red" onclick="x()">a<span style="x"> b</span></p>', '<p>a b</p>'],
    ['<script>x()</script><p>a</p><img src=x onerror=x()>', '<p>a</p>'],
    ['<a href="javascript:x()">a</a>', 'a'],
    ['<a href="https://a.example/" target="_top">a</a>', '<a href="https://a.example/">a</a>'],
    ['<ul><li><p>a</p></li></ul>', '<ul><li>a</li></ul>'],
    ['<p>a</p><p><br></p>', '<p>a</p>'],
    ['<p><br></p>', ''],
    ['<p>a</p>\n\n<ul>\n  <li>b</li>\n</ul>\n', '<p>a</p><ul><li>b</li></ul>'],
    ['<p>two\n lines</p><pre>x\ny</pre>', '<p>two lines</p><pre>x\ny</pre>'],
    ['<p>a</p><p><ul><li>b</li></ul></p>', '<p>a</p><ul><li>b</li></ul>'],
    ['5 &lt; 7 &amp; x', '5 &lt; 7 &amp; x'],
  ])('%s', (html, clean) => {
    expect(cleanHtml(html)).toBe(clean)
    expect(cleanHtml(clean)).toBe(clean)
  })

  it('keeps one line of an option', () => {
    expect(cleanHtml('<p>H<sub>2</sub>O</p><p>water<br></p>', { inline: true })).toBe('H<sub>2</sub>O water')
  })
})

it('reads as plain text', () => {
  expect(plainText('<p>What is 5 &lt; 7?</p><ul><li>a</li><li>b</li></ul>')).toBe('What is 5 < 7? a b')
  expect(plainText(' plain ')).toBe('plain')
})

it.each([
  ['example.org/a', 'https://example.org/a'],
  ['http://example.org', 'http://example.org/'],
  ['mailto:a@example.org', 'mailto:a@example.org'],
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['  ', null],
  ['https://', null],
  ['not an address', null],
])('the link %j is kept as %j', (typed, address) => expect(safeAddress(typed)).toBe(address))
