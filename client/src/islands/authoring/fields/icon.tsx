// Drawn marks for buttons; the button carries the words.
const paths = {
  up: 'M12 5l7 7-1.4 1.4-4.6-4.6V20h-2V8.8l-4.6 4.6L5 12z',
  down: 'M12 19l-7-7 1.4-1.4 4.6 4.6V4h2v11.2l4.6-4.6L19 12z',
  trash: 'M9 3h6l1 2h4v2H4V5h4zM6 8h12l-1 13H7zm3 2l.5 9h1.5l-.4-9zm4.4 0l-.4 9h1.5l.5-9z',
  copy: 'M8 3h12v13H8zm2 2v9h8V5zM4 7h2v11h9v2H4z',
  open: 'M7 9l5 5 5-5 1.4 1.4L12 16.8l-6.4-6.4z',
  close: 'M17 15l-5-5-5 5-1.4-1.4L12 7.2l6.4 6.4z',
  play: 'M8 5l11 7-11 7z',
  plus: 'M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z',
  bullets: 'M4 5h3v3H4zm5 .5h11v2H9zM4 10.5h3v3H4zm5 .5h11v2H9zM4 16h3v3H4zm5 .5h11v2H9z',
  numbers:
    'M4 4h2v5H5V5H4zm5 1.5h11v2H9zM4 10.5h3v1.2L5.4 14H7v1H4v-1l1.7-2.5H4zM9 11h11v2H9zm-5 5h3v4H4v-1h2v-.5H5v-1h1V17H4zm5 .5h11v2H9z',
  link: 'M10.6 13.4a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1.5 1.5 1.4 1.4L15 6.1a2 2 0 0 1 2.8 2.8l-3 3a2 2 0 0 1-2.8 0zm2.8-2.8a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1.5-1.5-1.4-1.4L9 17.9a2 2 0 0 1-2.8-2.8l3-3a2 2 0 0 1 2.8 0z',
  picture: 'M3 4h18v16H3zm2 2v10l4-4 3 3 4-5 3 3V6zm3 1.500a1.500 1.500 0 1 1 0 3 1.500 1.500 0 0 1 0-3z',
  sound: 'M4 9h4l5-4v14l-5-4H4zm12-1.500a5 5 0 0 1 0 9l-.9-1.800a3 3 0 0 0 0-5.400zm2-3.500a9 9 0 0 1 0 16l-.9-1.800a7 7 0 0 0 0-12.400z',
  clear: 'M6 4h13v2h-5l-1.5 6-2-2 1-4H9zM4 5l15 15-1.4 1.4-6-6L10.500 20H8.400l1.700-6.600L2.600 6.400z',
  warn: 'M12 3l10 18H2zm-1 6v6h2V9zm0 7.500v2h2v-2z',
  check: 'M9.300 18.200 3.400 12.300l1.800-1.800 4.100 4.100 9.500-9.500 1.800 1.800z',
} as const
export type IconName = keyof typeof paths

export function Icon({ name }: { name: IconName }) {
  return (
    <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="currentColor" fillRule="evenodd" />
    </svg>
  )
}
