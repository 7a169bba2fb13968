// Captions as a WebVTT file to keep.
import type { Caption, CaptionCue } from '@cuepoint/contracts'
import { download } from '../../../../shell/download.ts'

const time = (seconds: number) => {
  const ms = Math.round(seconds * 1000)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(Math.floor(ms / 3_600_000))}:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`
}
const escaped = (text: string) =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\n{2,}/g, '\n')

function vttOf(cues: readonly CaptionCue[]): string {
  return `WEBVTT\n\n${cues.map(({ fromSeconds, toSeconds, text }) => `${time(fromSeconds)} --> ${time(toSeconds)}\n${escaped(text)}\n`).join('\n')}`
}

export function downloadVtt({ language, label, cues }: Caption): void {
  download(`${label.replace(/[^\p{L}\p{N}]+/gu, '-') || 'captions'}.${language}.vtt`, vttOf(cues), 'text/vtt')
}
