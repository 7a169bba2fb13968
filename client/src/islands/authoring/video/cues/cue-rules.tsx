// What a question asks for before the video goes on: required or not, how many tries, and where a wrong answer leads.
import type { Cue } from '@cuepoint/contracts'
import { preciseClockOf } from '../../../../shell/clock-time.ts'
import { ChooseOne } from '../../fields/choose-one.tsx'
import { NumberField } from '../../fields/number-field.tsx'
import { TimeField } from '../time-field.tsx'
import { vt } from '../words.ts'

export function CueRules({ cue, locale, onCue }: { cue: Cue; locale: string; onCue(cue: Cue): void }) {
  const { required, triesAllowed, backToSeconds, atSeconds } = cue
  const before = Math.max(0, Math.round((atSeconds - 0.1) * 10) / 10)
  return (
    <div className="vau-rules">
      <ChooseOne
        legend={vt('cueWay')}
        value={required ? 'required' : 'optional'}
        ways={(['required', 'optional'] as const).map((value) => ({
          value,
          label: vt(`cueWay.${value}`),
          means: vt(`cueWay.${value}.means`),
        }))}
        onValue={(way) => onCue({ ...cue, required: way === 'required' })}
      />
      <ChooseOne
        legend={vt('tries')}
        value={triesAllowed === null ? 'any' : 'some'}
        ways={[
          { value: 'some', label: vt('tries.some') },
          { value: 'any', label: vt('tries.any') },
        ]}
        onValue={(way) => onCue({ ...cue, triesAllowed: way === 'any' ? null : 3 })}
      >
        {triesAllowed !== null ? (
          <NumberField
            label={vt('triesNumber')}
            value={triesAllowed}
            locale={locale}
            min={1}
            max={10}
            whole
            onValue={(tries) => onCue({ ...cue, triesAllowed: tries })}
          />
        ) : required ? (
          <p className="au-warn">{vt('requiredForever')}</p>
        ) : null}
      </ChooseOne>
      {triesAllowed === 1 ? null : (
        <ChooseOne
          legend={vt('wrong')}
          value={backToSeconds === null ? 'stay' : 'back'}
          ways={(['stay', 'back'] as const).map((value) => ({ value, label: vt(`wrong.${value}`) }))}
          onValue={(way) => onCue({ ...cue, backToSeconds: way === 'stay' ? null : Math.max(0, Math.round(atSeconds - 30)) })}
        >
          {backToSeconds !== null ? (
            <TimeField
              label={vt('wrongFrom')}
              value={backToSeconds}
              max={before}
              bad={vt('wrongBad', { time: preciseClockOf(atSeconds), example: preciseClockOf(Math.max(0, Math.round(atSeconds - 30))) })}
              onValue={(to) => onCue({ ...cue, backToSeconds: to })}
            />
          ) : null}
        </ChooseOne>
      )}
    </div>
  )
}
