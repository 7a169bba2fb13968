import { expect, it } from 'vitest'
import { framesIn } from './storyboard.ts'

it('reads the parts of a sprite', () => {
  const vtt =
    'WEBVTT\n\n00:00.000 --> 00:05.000\nstoryboard.jpg#xywh=0,0,160,90\n\n01:00:05.000 --> 01:00:10.000\nstoryboard.jpg#xywh=160,90,160,90\n'
  expect(framesIn(vtt, 'https://tool.test/media/sig/asset/storyboard.vtt')).toEqual([
    { from: 0, url: 'https://tool.test/media/sig/asset/storyboard.jpg', x: 0, y: 0, width: 160, height: 90 },
    { from: 3605, url: 'https://tool.test/media/sig/asset/storyboard.jpg', x: 160, y: 90, width: 160, height: 90 },
  ])
})
