// Words of media-chrome's own pieces, under the names by which it asks for them.
export const videoControlsMessages = {
  'video player': 'Video',
  'audio player': 'Sound',
  play: 'Play',
  pause: 'Pause',
  mute: 'Sound off',
  unmute: 'Sound on',
  volume: 'Volume',
  seek: 'Place in the video',
  'playback time': 'Time',
  'media loading': 'Loading…',
  'seek back {seekOffset} seconds': 'Back {seekOffset} seconds',
  'seek forward {seekOffset} seconds': 'Forward {seekOffset} seconds',
  '{currentTime} of {totalTime}': '{currentTime} of {totalTime}',
  'video not loaded, unknown time.': 'Not loaded yet',
} as const
