// A button of the shell and of first paints, dressed as Canvas's in shell.css: no part of the page's first look waits for InstUI.
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly primary?: boolean
  readonly small?: boolean
  readonly children: ReactNode
  readonly innerRef?: Ref<HTMLButtonElement>
}

export function PlainButton({ primary = false, small = false, innerRef, className = '', children, ...rest }: Props) {
  const dress = `cp-button${primary ? ' cp-button-primary' : ''}${small ? ' cp-button-small' : ''} ${className}`
  return (
    <button type="button" ref={innerRef} className={dress} {...rest}>
      {children}
    </button>
  )
}
