// Which section or group is shown; not there where the course has none.
import type { CourseGroup } from '@cuepoint/contracts'
import { useId } from 'react'
import { rt } from './roster-words.ts'
import { everyone, groupName } from './sections.ts'

interface Props {
  readonly groups: readonly CourseGroup[]
  readonly chosen: string
  onChoose(id: string): void
}

export function SectionChoice({ groups, chosen, onChoose }: Props) {
  const id = useId()
  if (groups.length === 0) return null
  return (
    <div className="overview-section">
      <label htmlFor={id}>{rt('roster.section')}</label>
      <select className="cp-field" id={id} value={chosen} onChange={(event) => onChoose(event.target.value)}>
        <option value={everyone}>{rt('roster.everyone')}</option>
        {groups.map((group) => (
          <option key={group.id} value={group.id}>
            {groupName(group)}
          </option>
        ))}
      </select>
    </div>
  )
}
