// The selection inside one editable field: remembered while a button has the focus, put back before a command.
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { type Command, commands, isOn } from './commands.ts'

export function useSelection(field: RefObject<HTMLElement | null>) {
  const range = useRef<Range | null>(null)
  const [on, setOn] = useState<ReadonlySet<Command>>(new Set())
  const look = useCallback(() => {
    const selection = getSelection()
    const element = field.current
    if (!element || !selection || selection.rangeCount === 0) return
    const now = selection.getRangeAt(0)
    if (!element.contains(now.commonAncestorContainer)) return setOn((before) => (before.size === 0 ? before : new Set()))
    range.current = now.cloneRange()
    const pressed = commands.filter((command) => isOn(element, command))
    setOn((before) => (before.size === pressed.length && pressed.every((one) => before.has(one)) ? before : new Set(pressed)))
  }, [field])
  useEffect(() => {
    document.addEventListener('selectionchange', look)
    return () => document.removeEventListener('selectionchange', look)
  }, [look])
  const restore = useCallback(() => {
    const element = field.current
    // With the focus still in the text, the selection is where it should be.
    if (!element) return
    // Its event may still be on the way: note it before a form takes the focus.
    if (document.activeElement === element) return look()
    element.focus()
    const selection = getSelection()
    if (!range.current || !element.contains(range.current.commonAncestorContainer)) return
    selection?.removeAllRanges()
    selection?.addRange(range.current)
  }, [field, look])
  return { on, look, restore }
}
