// PURE: what in a text looks like personal data. It warns, it proves nothing; findings stay in the tenant.
import type { CaptionCue, Finding } from '@cuepoint/contracts'

type Kind = Finding['kind']

const digits = (text: string): string => text.replace(/\D/g, '')

/** Luhn's check of payment cards. */
function isCard(text: string): boolean {
  const all = digits(text)
  if (all.length < 13 || all.length > 19 || /^(\d)\1+$/.test(all)) return false
  let sum = 0
  for (let at = 0; at < all.length; at++) {
    const digit = Number(all[all.length - 1 - at])
    sum += at % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2
  }
  return sum % 10 === 0
}

/** ISO 13616: the first four signs go to the end, letters count from 10, the rest modulo 97 is 1. */
function isIban(text: string): boolean {
  const all = text.replace(/\s/g, '').toUpperCase()
  if (all.length < 15 || all.length > 34) return false
  let rest = 0
  for (const sign of all.slice(4) + all.slice(0, 4)) {
    const value = Number.parseInt(sign, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

/** Seven digits or more, written as people write numbers to call: a plus, a leading 0, or parted into groups. Not years, not times. */
function isPhone(text: string): boolean {
  const count = digits(text).length
  if (count < 7 || count > 15) return false
  if (/^\d{4}[-./]\d{1,2}[-./]\d{1,2}$|^\d{1,2}[-./]\d{1,2}[-./]\d{2,4}$/.test(text.trim())) return false
  return /^\s*(\+|00|\(?0)/.test(text) || /\d[\s().-]+\d{2,}[\s.-]+\d{2,}/.test(text)
}

/** In this order: what one has claimed, the next does not see. */
const shapes: [Kind, RegExp, (text: string) => boolean][] = [
  ['email', /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu, () => true],
  ['bank-account', /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b/gi, isIban],
  ['card-number', /\b\d(?:[ -]?\d){12,18}\b/g, isCard],
  // A social security number of the USA, with its parts.
  ['id-number', /\b(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b/g, () => true],
  // "student ID 4711234", "Matrikelnummer: 1234567", "passport no. C01X00T47".
  [
    'id-number',
    /\b(?:student|pupil|matr(?:ikel)?|personal|national|passport|social security|insurance|id|ssn|nino|nie|dni)[\s._-]*(?:id|card|nummer|number|num|no|nr)?[\s._:#-]{0,3}(?=[A-Z0-9-]*\d{4})[A-Z0-9][A-Z0-9-]{4,19}\b/gi,
    (text) => /\d{4}/.test(text),
  ],
  ['phone', /(?<![\w.])(?:\+|\(?\d)[\d\s()./-]{5,24}\d(?![\w])/g, isPhone],
]

interface Hit {
  kind: Kind
  excerpt: string
}

const mostHits = 50

/** What is found in a text, in order of kind, with some words around it. Linear in the text's length. */
export function personalDataIn(text: string): Hit[] {
  let left = text
  const hits: Hit[] = []
  for (const [kind, shape, holds] of shapes) {
    left = left.replace(shape, (found, ...more) => {
      if (!holds(found)) return found
      const at = more.find((it) => typeof it === 'number') as number
      if (hits.length < mostHits)
        hits.push({
          kind,
          excerpt: text
            .slice(Math.max(0, at - 20), at + found.length + 20)
            .trim()
            .slice(0, 200),
        })
      // As long as what was there, so that places stay right.
      return '\u0001'.repeat(found.length)
    })
  }
  return hits
}

/** Underscores and hyphens part the words of a file's name. */
export function findingsInName(name: string): Finding[] {
  return personalDataIn(name).map((hit) => ({ ...hit, where: 'name', captionId: null, atSeconds: null }))
}

export function findingsInCues(captionId: string, cues: readonly CaptionCue[]): Finding[] {
  const found: Finding[] = []
  for (const { fromSeconds, text } of cues) {
    for (const hit of personalDataIn(text)) found.push({ ...hit, where: 'caption', captionId, atSeconds: fromSeconds })
    if (found.length >= 200) break
  }
  return found.slice(0, 200)
}
