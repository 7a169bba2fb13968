// Beside the video (below it where it is narrow): the question that is due, else where the questions and chapters are, and the transcript.
import { CuePanel } from './cues/cue-panel.tsx'
import { Moments } from './cues/moments.tsx'
import type { RoomParts } from './parts.ts'
import { Transcript } from './transcript/transcript.tsx'

export function SidePart(parts: RoomParts) {
  const { now, attempt, view } = parts
  const cue = now.cues.find(({ id }) => id === now.due)
  const question = attempt.questions.find(({ id }) => id === cue?.questionId)
  const captions = view.playback?.captions ?? []
  if (!cue && view.cues.length + view.chapters.length + captions.length === 0) return null
  return (
    <div className="cpv-side">
      {cue && question ? <CuePanel key={cue.id} {...parts} cue={cue} question={question} /> : <Moments {...parts} />}
      {captions.length > 0 ? <Transcript captions={captions} at={now.at} seek={parts.viewing.seek} quiet={cue !== undefined} /> : null}
    </div>
  )
}
