import { expect, it } from 'vitest'
import { variantsIn } from './variants.ts'

it('reads the sizes of a master playlist, the smallest first', () => {
  const text = `#EXTM3U
#EXT-X-STREAM-INF:BANDWIDTH=900000,AVERAGE-BANDWIDTH=800000,RESOLUTION=640x360,CODECS="avc1.64001e,mp4a.40.2"
v360/index.m3u8
#EXT-X-STREAM-INF:AVERAGE-BANDWIDTH=90000,BANDWIDTH=100000,CODECS="mp4a.40.2"

# a comment
audio/index.m3u8
`
  expect(variantsIn(text, 'https://tool.test/media/sig/asset/master.m3u8')).toEqual([
    { url: 'https://tool.test/media/sig/asset/audio/index.m3u8', height: null },
    { url: 'https://tool.test/media/sig/asset/v360/index.m3u8', height: 360 },
  ])
})
