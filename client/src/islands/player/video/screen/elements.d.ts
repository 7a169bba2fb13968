// media-chrome's elements as JSX knows them; only what is used here.
import type { DetailedHTMLProps, HTMLAttributes } from 'react'

type Plain = DetailedHTMLProps<HTMLAttributes<HTMLElement> & Record<string, unknown>, HTMLElement>

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'media-controller': Plain
      'media-control-bar': Plain
      'media-play-button': Plain
      'media-seek-backward-button': Plain
      'media-seek-forward-button': Plain
      'media-time-display': Plain
      'media-time-range': Plain
      'media-preview-thumbnail': Plain
      'media-preview-chapter-display': Plain
      'media-preview-time-display': Plain
      'media-mute-button': Plain
      'media-volume-range': Plain
      'media-loading-indicator': Plain
    }
  }
}
