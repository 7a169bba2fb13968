// The few words of a video's first look: what stands there before its controls and questions are fetched.
export const videoStageMessages = {
  opening: 'Opening the video…',
  play: 'Play',
  playTitle: 'Play: {title}',
  resume: 'Go on at {time}',
  screen: 'Video: {title}',
  gone: 'The video cannot be shown right now. It may have been removed, or it is being made anew. Try again later, or tell your instructor.',
  partTitle: 'The questions of this video could not be fetched',
  part: 'Check your connection, then try again. What you have watched and answered so far is safe.',
  again: 'Try again',
} as const
