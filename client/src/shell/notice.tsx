// A calm box with a mark and words, dressed as Canvas dresses its alerts; kind is told by mark and border, never by colour alone.
import type { ReactNode } from 'react'

export type NoticeKind = 'info' | 'success' | 'warning' | 'danger'
const marks: Record<NoticeKind, string> = {
  info: 'M11 10h2v7h-2zM11 6.5h2v2h-2z',
  success: 'M6.5 12.2l1.5-1.5 2.7 2.7 5.4-5.4 1.5 1.5-6.9 6.9z',
  warning: 'M11 6h2v8h-2zM11 16h2v2h-2z',
  danger: 'M11 6h2v8h-2zM11 16h2v2h-2z',
}

/** `actions` stand under the words. `role="alert"` only for what must interrupt. */
export function Notice(props: { kind: NoticeKind; title?: string; children?: ReactNode; actions?: ReactNode; role?: 'alert' | 'status' }) {
  return (
    <div className={`cp-notice cp-notice-${props.kind}`} role={props.role}>
      <svg className="cp-notice-mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
        <path d={marks[props.kind]} fill="currentColor" />
      </svg>
      <div className="cp-notice-words">
        {props.title ? <p className="cp-notice-title">{props.title}</p> : null}
        {props.children}
        {props.actions ? <div className="cp-actions">{props.actions}</div> : null}
      </div>
    </div>
  )
}
