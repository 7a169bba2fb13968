// The buttons over a text: one Tab stop, arrow keys inside it, pressed state read from the selection.
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { Icon } from '../fields/icon.tsx'
import { t } from '../words.ts'
import { blockCommands, type Command, commands } from './commands.ts'

const faces: Record<Command, ReactNode> = {
  bold: <b>B</b>,
  italic: <i className="au-serif">I</i>,
  code: <code>{'</>'}</code>,
  subscript: (
    <span>
      x<sub>2</sub>
    </span>
  ),
  superscript: (
    <span>
      x<sup>2</sup>
    </span>
  ),
  bullets: <Icon name="bullets" />,
  numbers: <Icon name="numbers" />,
  link: <Icon name="link" />,
  picture: <Icon name="picture" />,
  sound: <Icon name="sound" />,
  formula: <i className="au-serif">√x</i>,
  clear: <Icon name="clear" />,
}

/** They do something and are not in a state. */
const unpressed: ReadonlySet<Command> = new Set<Command>(['clear', 'picture', 'sound', 'formula'])

interface Props {
  readonly label: string
  readonly inline: boolean
  readonly on: ReadonlySet<Command>
  onCommand(command: Command): void
}

export function Toolbar({ label, inline, on, onCommand }: Props) {
  const shown = inline ? commands.filter((one) => !blockCommands.has(one)) : commands
  const [stop, setStop] = useState(0)
  const bar = useRef<HTMLDivElement>(null)
  const step = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1, Home: -stop, End: shown.length - 1 - stop }[event.key]
    if (by === undefined) return
    event.preventDefault()
    const next = (stop + by + shown.length) % shown.length
    setStop(next)
    bar.current?.querySelectorAll('button')[next]?.focus()
  }
  return (
    <div ref={bar} className="au-toolbar" role="toolbar" aria-label={t('toolbar', { label })} onKeyDown={step}>
      {shown.map((command, at) => (
        <button
          key={command}
          type="button"
          tabIndex={at === stop ? 0 : -1}
          title={t(`command.${command}`)}
          aria-label={t(`command.${command}`)}
          aria-pressed={unpressed.has(command) ? undefined : on.has(command)}
          // A press with the pointer must not take the selection away from the text.
          onMouseDown={(event) => event.preventDefault()}
          onFocus={() => setStop(at)}
          onClick={() => onCommand(command)}
        >
          {faces[command]}
        </button>
      ))}
    </div>
  )
}
