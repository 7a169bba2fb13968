// The one safe subset of HTML. Applied to every rich text of a document whenever it is written, never only when it is read.
import sanitizeHtml from 'sanitize-html'
import { longestTex, withMath, withoutMath } from './formulas.ts'

const subset: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['p', 'br', 'strong', 'b', 'em', 'i', 'u', 's', 'code', 'pre', 'sub', 'sup', 'blockquote', 'h3', 'h4'],
    ...['ul', 'ol', 'li', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
    ...['img', 'audio', 'span'],
  ],
  allowedAttributes: {
    a: ['href', 'target', 'rel'],
    img: ['data-asset', 'alt', 'width', 'height'],
    audio: ['data-asset', 'controls', 'preload', 'title'],
    span: ['data-tex'],
  },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesAppliedToAttributes: ['href'],
  allowProtocolRelative: false,
  // A relative link would lead into this tool, inside the LMS frame.
  transformTags: {
    a: (_tag, attributes) => ({
      tagName: 'a',
      attribs: absolute(attributes.href) ? { href: attributes.href as string, target: '_blank', rel: 'noopener' } : {},
    }),
    img: (_tag, attributes) => ({ tagName: 'img', attribs: pictureOf(attributes) }),
    audio: (_tag, attributes) => ({ tagName: 'audio', attribs: soundOf(attributes) }),
    // Any other span goes, its words stay.
    span: (_tag, { 'data-tex': tex = '' }) =>
      tex.trim() !== '' && tex.length <= longestTex
        ? { tagName: 'span', attribs: { 'data-tex': tex } }
        : { tagName: 'no-span', attribs: {} },
  },
  // A picture without our asset, or without words for who does not see it.
  exclusiveFilter: ({ tag, attribs }) => (tag === 'img' || tag === 'audio') && !attribs['data-asset'],
  // Deeply nested input costs the browser and us; authors do not write it.
  nestingLimit: 40,
  disallowedTagsMode: 'discard',
}

/** The text with everything outside the safe subset taken out; the words inside unknown tags stay. */
export function safeRichText(html: string): string {
  // Most feedback is empty or plain words: no parser needed.
  return /[<>&"]/.test(html) ? withMath(sanitizeHtml(withoutMath(html), subset)) : html
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const longestAlt = 500

/** The asset first: media/inline-media.ts finds it there. Addresses are made when it is read, for each session. */
function pictureOf({ 'data-asset': asset = '', alt = '', width = '', height = '' }: sanitizeHtml.Attributes): sanitizeHtml.Attributes {
  const words = alt.replace(/\s+/g, ' ').trim().slice(0, longestAlt)
  if (!uuid.test(asset) || words === '') return {}
  const size = /^[1-9]\d{0,4}$/
  return { 'data-asset': asset, alt: words, ...(size.test(width) && size.test(height) ? { width, height } : {}) }
}

function soundOf({ 'data-asset': asset = '', title = '' }: sanitizeHtml.Attributes): sanitizeHtml.Attributes {
  if (!uuid.test(asset)) return {}
  return {
    'data-asset': asset,
    controls: 'controls',
    preload: 'none',
    title: title.replace(/\s+/g, ' ').trim().slice(0, longestAlt) || 'Sound',
  }
}

function absolute(href: string | undefined): boolean {
  return href !== undefined && /^\s*(https?:\/\/|mailto:)/i.test(href)
}
