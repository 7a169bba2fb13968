// When a question comes: typed, or taken from where the video stands.
import type { Cue } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { clockOf, preciseClockOf } from '../../../../shell/clock-time.ts'
import { movedCue } from '../edits.ts'
import { TimeField } from '../time-field.tsx'
import type { Playhead } from '../timeline/use-playhead.ts'
import { vt } from '../words.ts'

export function CueMoment({ cue, playhead, onCue }: { cue: Cue; playhead: Playhead; onCue(cue: Cue): void }) {
  const { atSeconds } = cue
  const length = playhead.length > 0 ? playhead.length : 86_400
  return (
    <div className="vau-when">
      <TimeField
        label={vt('cueTime')}
        value={atSeconds}
        max={length}
        hint={vt('cueTimeHint')}
        bad={vt('cueTimeBad', { length: clockOf(length), kept: preciseClockOf(atSeconds) })}
        onValue={(to) => onCue(movedCue(cue, to))}
      />
      <Button size="small" onClick={() => onCue(movedCue(cue, playhead.at))}>
        {vt('cueHere', { time: preciseClockOf(playhead.at) })}
      </Button>
      <Button size="small" onClick={() => playhead.goTo(atSeconds)}>
        {vt('cueShow')}
      </Button>
    </div>
  )
}
