// Addresses of media: only what the list knows, only below the asset's own folders.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byteRange } from './byte-range.ts'
import { mediaFile, playlistAt } from './media-files.ts'

const asset = '11111111-1111-4111-8111-111111111111'

describe('addresses of media', () => {
  it.each([
    ['1/master.m3u8', 'playlist', `renditions/${asset}/1/master.m3u8`],
    ['12/720p/index.m3u8', 'playlist', `renditions/${asset}/12/720p/index.m3u8`],
    ['1/720p/init-0a1b2c.mp4', 'segment', `renditions/${asset}/1/720p/init-0a1b2c.mp4`],
    ['1/audio/17-0a1b2c3d.m4s', 'segment', `renditions/${asset}/1/audio/17-0a1b2c3d.m4s`],
    ['1/storyboard.vtt', 'file', `renditions/${asset}/1/storyboard.vtt`],
    ['640.webp', 'inline', `images/${asset}/640.webp`],
  ])('%s is a %s', (path, sort, key) => expect(mediaFile(asset, path)).toMatchObject({ sort, key }))

  it.each([
    '',
    '..',
    '../x',
    '1/../master.m3u8',
    '1/%2e%2e/x',
    '1/720p/..%2f..%2fx',
    '/etc/passwd',
    '1/master.m3u8\0',
    '1/720p/17.m4s',
    'a/b/c/d',
    '1/.hidden',
    'original/x',
    '1/evil.html',
    '1/720p/x-aaaa.svg',
  ])('%j is nothing', (path) => expect(mediaFile(asset, path)).toBeNull())

  it('never lead out of the asset’s folders', () => {
    const piece = fc.constantFrom('..', '.', '1', '720p', 'master.m3u8', '3-abcd.m4s', '%2e', '\\', '', 'images', asset)
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
        const file = mediaFile(asset, pieces.join('/'))
        if (file && 'key' in file) expect(file.key).toMatch(new RegExp(`^(renditions|images|sounds)/${asset}/[\\w./-]+$`))
        if (file && 'key' in file) expect(file.key).not.toContain('..')
      }),
    )
  })

  it('of segments alone are moved to a CDN', () => {
    const playlist = '#EXTM3U\n#EXT-X-MAP:URI="init-ab.mp4"\n#EXTINF:4.0,\n0-cd.m4s\n720p/index.m3u8\n#EXT-X-ENDLIST\n'
    expect(playlistAt(playlist, 'https://cdn.example/x/')).toBe(
      '#EXTM3U\n#EXT-X-MAP:URI="https://cdn.example/x/init-ab.mp4"\n#EXTINF:4.0,\nhttps://cdn.example/x/0-cd.m4s\n720p/index.m3u8\n#EXT-X-ENDLIST\n',
    )
  })
})

describe('ranges', () => {
  it.each([
    ['bytes=0-99', { start: 0, end: 99 }],
    ['bytes=900-', { start: 900, end: 999 }],
    ['bytes=-100', { start: 900, end: 999 }],
    ['bytes=-5000', { start: 0, end: 999 }],
    ['bytes=0-5000', { start: 0, end: 999 }],
    ['bytes=1000-', 'none'],
    ['bytes=-0', 'none'],
    ['bytes=5-2', null],
    ['bytes=0-1,5-6', null],
    ['lines=0-1', null],
    [undefined, null],
  ])('%s of 1000 bytes', (header, range) => expect(byteRange(header, 1000)).toEqual(range))
})
