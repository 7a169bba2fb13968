// Which institution a page is about.
import { t } from './words.ts'

interface Props {
  readonly all: readonly { readonly id: string; readonly name: string }[]
  readonly chosen: string
  onChoose(id: string): void
}

export function InstitutionChoice({ all, chosen, onChoose }: Props) {
  return (
    <div className="admin-filters">
      <label>
        {t('institution')}
        <select className="cp-field" value={chosen} onChange={(event) => onChoose(event.target.value)}>
          {all.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
