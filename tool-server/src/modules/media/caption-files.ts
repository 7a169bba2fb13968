// PURE: WebVTT and SubRip into plain cues, and cues into WebVTT. Only words and times come through: no tags, styles, regions or settings.
import type { CaptionCue } from '@cuepoint/contracts'

export interface Unreadable {
  line: number
  message: string
}

/** hh:mm:ss.ttt, mm:ss.ttt, and SubRip's comma. Hours may have more than two digits. */
const stamp = '(?:(\\d{1,4}):)?([0-5]?\\d):([0-5]\\d)[.,](\\d{1,3})'
const timing = new RegExp(`^\\s*${stamp}\\s*-->\\s*${stamp}(?:\\s.*)?$`)
const mostText = 2000

function secondsOf(hours: string | undefined, minutes = '0', seconds = '0', fraction = '0'): number {
  // In whole milliseconds first: seconds added to their fraction would not be the number that was written.
  const wholeSeconds = Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds)
  return (wholeSeconds * 1000 + Number(fraction.padEnd(3, '0'))) / 1000
}

const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&nbsp;': '\u00a0', '&lrm;': '', '&rlm;': '', '&amp;': '&' }

/** The words of a cue: tags go, in WebVTT `<b>`, `<c.yellow>`, `<v Anna>`, times; in SubRip `<font>` and `{\\an8}`, too. */
function wordsOf(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replace(/<v(?:\.[^\s>]*)?\s+([^>\n]{1,80})>/g, '$1: ')
    .replace(/<[^>\n]{0,200}>/g, '')
    .replace(/\{\\[^}\n]{0,80}\}/g, '')
    .replace(/&(?:lt|gt|nbsp|lrm|rlm|amp);/g, (entity) => entities[entity] ?? '')
    .replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufeff]/gu, (sign) => (sign === '\n' ? '\n' : ''))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
    .slice(0, mostText)
    .toWellFormed()
}

/** Reads either; says where it stops to be a captions file. Cues come in the order of their times. */
export function cuesIn(file: string, most: number): CaptionCue[] | Unreadable {
  const lines = file
    .replace(/^\ufeff/, '')
    .replaceAll('\0', '')
    .split(/\r\n|\r|\n/)
  const cues: CaptionCue[] = []
  let at = /^WEBVTT(?:[ \t].*)?$/.test(lines[0] ?? '') ? afterBlock(lines, 0) : 0
  for (; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (line.trim() === '') continue
    if (/^(NOTE|STYLE|REGION)(\s|$)/.test(line)) {
      at = afterBlock(lines, at)
      continue
    }
    // A cue's name or number may stand before its times.
    const timed = timing.test(line) ? at : at + 1
    const times = timing.exec(lines[timed] ?? '')
    if (!times)
      return {
        line: at + 1,
        message: `Line ${at + 1} is neither a time nor a text that belongs to one. Times look like 01:02.500 --> 01:05.000.`,
      }
    const [, h1, m1, s1, f1, h2, m2, s2, f2] = times
    const [fromSeconds, toSeconds] = [secondsOf(h1, m1, s1, f1), secondsOf(h2, m2, s2, f2)]
    if (toSeconds <= fromSeconds) return { line: timed + 1, message: `The time in line ${timed + 1} ends before it begins.` }
    const end = afterBlock(lines, timed)
    const text = wordsOf(lines.slice(timed + 1, end))
    if (text !== '') cues.push({ fromSeconds, toSeconds, text })
    if (cues.length > most) return { line: timed + 1, message: `These are more than ${most} captions.` }
    at = end
  }
  return cues.sort((a, b) => a.fromSeconds - b.fromSeconds)
}

/** The line behind a block: the next empty one. */
function afterBlock(lines: readonly string[], from: number): number {
  let at = from
  while (at < lines.length && (lines[at] ?? '').trim() !== '') at++
  return at
}

/** An edited list as it may be kept: in order, its words plain; null where a time ends before it begins. */
export function tidiedCues(cues: readonly CaptionCue[]): CaptionCue[] | null {
  const tidy = cues.map((cue) => ({ ...cue, text: plain(cue.text) })).filter((cue) => cue.text !== '')
  if (tidy.some((cue) => cue.toSeconds <= cue.fromSeconds)) return null
  return tidy.sort((a, b) => a.fromSeconds - b.fromSeconds)
}

/** Words that a person typed stay as they are: `<` is a sign among others. */
function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufeff]/gu, (sign) => (sign === '\n' ? '\n' : ''))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}

const two = (value: number): string => String(value).padStart(2, '0')

function stampOf(seconds: number): string {
  const ms = Math.round(seconds * 1000)
  return `${two(Math.floor(ms / 3_600_000))}:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`
}

/** WebVTT: what could be a tag, a time or the end of a cue is escaped. */
export function vttOf(cues: readonly CaptionCue[]): string {
  const safe = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const blocks = cues.map(({ fromSeconds, toSeconds, text }) => `${stampOf(fromSeconds)} --> ${stampOf(toSeconds)}\n${safe(text)}\n`)
  return `WEBVTT\n\n${blocks.join('\n')}`
}
