// One line of plain text without a visible label, dressed like the formatted lines beside it.
interface Props {
  readonly id?: string
  readonly label: string
  readonly value: string
  readonly placeholder?: string
  readonly most?: number
  onValue(text: string): void
}

/** The contract's limit of accepted answers, matches and false matches. */
const MOST = 500

export function LineField({ id, label, value, placeholder, most = MOST, onValue }: Props) {
  return (
    <input
      {...(id ? { id } : {})}
      className="au-line"
      type="text"
      aria-label={label}
      value={value}
      maxLength={most}
      placeholder={placeholder}
      onChange={(event) => onValue(event.target.value)}
    />
  )
}
