// HTML of the safe subset, as the server keeps it; what a browser's editing leaves behind is renamed, unwrapped or dropped here.
const blocks = ['P', 'UL', 'OL', 'LI', 'BLOCKQUOTE', 'H3', 'H4', 'PRE', 'TABLE', 'THEAD', 'TBODY', 'TR', 'TH', 'TD']
const inlines = ['BR', 'STRONG', 'EM', 'U', 'S', 'CODE', 'SUB', 'SUP', 'A']
const renamed: Readonly<Record<string, string>> = {
  B: 'STRONG',
  I: 'EM',
  STRIKE: 'S',
  DEL: 'S',
  DIV: 'P',
  H1: 'H3',
  H2: 'H3',
  H5: 'H4',
  H6: 'H4',
}
const dropped = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'IFRAME', 'OBJECT', 'SVG', 'TITLE', 'HEAD', 'NOSCRIPT', 'TEXTAREA', 'SELECT'])

/** What stands in a text as one thing: our pictures, sounds and formulas. */
const things = 'img[data-asset], audio[data-asset], span[data-tex]'
const thingAttributes: Readonly<Record<string, readonly string[]>> = {
  IMG: ['data-asset', 'alt', 'width', 'height'],
  AUDIO: ['data-asset', 'controls', 'preload', 'title'],
}

export interface Subset {
  /** Texts of one line (options): no blocks, no line breaks. */
  readonly inline?: boolean
}

/** The address of a link as it may be kept, or null. Without a scheme it is taken for a web address. */
export function safeAddress(typed: string): string | null {
  const address = typed.trim()
  if (address === '') return null
  const full = /^[a-z][a-z\d+.-]*:/i.test(address) ? address : `https://${address}`
  try {
    const { protocol, hostname, href } = new URL(full)
    // Some browsers take a space in a host for %20.
    if (/[\s%]/.test(hostname)) return null
    return protocol === 'https:' || protocol === 'http:' || protocol === 'mailto:' ? href : null
  } catch {
    return null
  }
}

/** Safe HTML; the empty string where there is nothing to read. */
export function cleanHtml(html: string, subset: Subset = {}): string {
  if (html === '') return ''
  return cleanContent(new DOMParser().parseFromString(html, 'text/html').body, subset)
}

/** The same of what stands in an element, read where it is: parsing a browser's inline styles again would trip the page's CSP. */
export function cleanContent(from: Element, subset: Subset = {}): string {
  if (from.textContent?.trim() === '' && !from.querySelector(things)) return ''
  const out = document.implementation.createHTMLDocument('').createElement('div')
  copy(from, out, new Set(subset.inline ? inlines.filter((name) => name !== 'BR') : [...blocks, ...inlines]))
  // A list inside a paragraph, as some browsers make it: the parser takes it out, as it does for every reader.
  const body = out.querySelector('p :is(ul, ol, blockquote, h3, h4, pre, table)')
    ? new DOMParser().parseFromString(out.innerHTML, 'text/html').body
    : out
  return body.innerHTML
    .replace(/<p>\s*<\/p>/g, '')
    .replace(/(<p>(<br>|\s|&nbsp;)*<\/p>)+$/, '')
    .trim()
}

/** White space as HTML means it: a line break in the source is a space, and between blocks it is nothing. */
function textIn(node: Node, to: Element): string {
  const text = (node.nodeValue ?? '').replaceAll('\u200b', '')
  if (to.closest('pre')) return text
  const betweenBlocks =
    text.trim() === '' && (to.matches('ul, ol, table, thead, tbody, tr') || blocks.includes(to.lastElementChild?.tagName ?? ''))
  return betweenBlocks && /\n|^$/.test(text) ? '' : text.replace(/\s*\n\s*/g, ' ')
}

function copy(from: Node, to: Element, kept: ReadonlySet<string>): void {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(textIn(node, to))
    else if (node.nodeType === Node.ELEMENT_NODE) copyElement(node as Element, to, kept)
  }
}

function copyElement(element: Element, to: Element, kept: ReadonlySet<string>): void {
  const name = element.tagName.toUpperCase()
  if (dropped.has(name)) return
  if (element.matches(things)) return copyThing(element, to)
  const target = renamed[name] ?? name
  // A paragraph inside a list item or a paragraph, as some browsers make them, would break both.
  const nested = target === 'P' && to.closest('p, li, td, th, pre, h3, h4') !== null
  const address = target === 'A' ? safeAddress(element.getAttribute('href') ?? '') : null
  if (!kept.has(target) || nested || (target === 'A' && address === null)) {
    if (blocks.includes(target) && to.textContent !== '') to.append(' ')
    return copy(element, to, kept)
  }
  const made = to.ownerDocument.createElement(target)
  if (address !== null) made.setAttribute('href', address)
  copy(element, made, kept)
  to.append(made)
}

/** Its address is kept, so that it shows here; the server makes its own. Inside a formula the server's MathML is copied as it is. */
function copyThing(element: Element, to: Element): void {
  const made = to.ownerDocument.createElement(element.tagName)
  if (element.tagName === 'SPAN') {
    made.setAttribute('data-tex', element.getAttribute('data-tex') ?? '')
    made.setAttribute('contenteditable', 'false')
    const math = element.querySelector('math')
    if (math) made.append(to.ownerDocument.importNode(math, true))
    else made.append(element.textContent ?? '')
    return to.append(made)
  }
  for (const name of thingAttributes[element.tagName] ?? []) {
    const value = element.getAttribute(name)
    if (value !== null) made.setAttribute(name, value)
  }
  for (const name of ['src', 'srcset', 'sizes']) {
    const value = element.getAttribute(name)
    if (value?.startsWith('/media/') || (name === 'sizes' && value)) made.setAttribute(name, value)
  }
  to.append(made)
}

/** What a reader would say: for names of buttons and rows. */
export function plainText(html: string): string {
  if (!/[<&]/.test(html)) return html.trim()
  const spaced = html.replace(/<(\/p|br|\/li|\/h\d|\/td)\b[^>]*>/gi, ' $&')
  const read = new DOMParser().parseFromString(spaced, 'text/html').body
  for (const picture of read.querySelectorAll('img[alt]')) picture.replaceWith(` ${picture.getAttribute('alt')} `)
  return (read.textContent ?? '').replace(/\s+/g, ' ').trim()
}
