// The heading of a step; takes the focus when the step comes, so that it is read and the keyboard starts there.
import type { ReactNode } from 'react'
import { useFocusOnShow } from '../../shell/use-focus.ts'

export function StepHeading({ children }: { children: ReactNode }) {
  const heading = useFocusOnShow<HTMLHeadingElement>()
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}
