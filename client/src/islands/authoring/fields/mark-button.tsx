// A button that is only a mark to the eye and words to everyone else. At an end of its range it stays focusable and says so.
import { IconButton } from '@instructure/ui-buttons'
import { Icon, type IconName } from './icon.tsx'

interface Props {
  readonly icon: IconName
  readonly label: string
  /** Found again by `focusOn` after the row it stands in has moved. */
  readonly id?: string
  readonly off?: boolean
  onClick(): void
}

export function MarkButton({ icon, label, id, off = false, onClick }: Props) {
  return (
    <IconButton
      {...(id === undefined ? {} : { id })}
      size="small"
      withBackground={false}
      withBorder={false}
      screenReaderLabel={label}
      title={label}
      renderIcon={<Icon name={icon} />}
      aria-disabled={off || undefined}
      onClick={() => off || onClick()}
    />
  )
}
