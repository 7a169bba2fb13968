// PURE: a file's name as it may be kept, shown and offered for saving. It is never part of a path of ours.

/** Control signs, and signs that turn the direction of writing: `annaɫ‮gpj.exe` would look like a picture. */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu
const mostBytes = 200

/** The last part of a path, without what is invisible; at most 200 bytes in UTF-8, its ending kept. Never empty. */
export function cleanFileName(given: string, otherwise = 'Untitled'): string {
  const name = (given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '')
    .replace(unsafe, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  const [, stem = name, ending = ''] = /^(.+)(\.[A-Za-z0-9]{1,8})$/.exec(name) ?? []
  return shortened(stem, mostBytes - ending.length) + ending || otherwise
}

/** Cut at a whole sign. */
function shortened(text: string, bytes: number): string {
  let left = bytes
  let kept = ''
  for (const sign of text) {
    left -= Buffer.byteLength(sign)
    if (left < 0) break
    kept += sign
  }
  return kept.trimEnd()
}
