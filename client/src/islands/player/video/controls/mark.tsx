// Drawn marks of the player's own buttons; each button carries the words.
const paths = {
  captions: 'M3 5h18v14H3zm2 2v10h14V7zm2 3h4v1.500H8.500v1H11V14H7zm6 0h4v1.500h-2.500v1H17V14h-4z',
  captionsOn: 'M3 5h18v14H3zm4 5v4h4v-1.500H8.500v-1H11V10zm6 0v4h4v-1.500h-2.500v-1H17V10z',
  keys: 'M2 6h20v12H2zm2 2v8h16V8zm1 1h2v2H5zm3 0h2v2H8zm3 0h2v2h-2zm3 0h2v2h-2zm3 0h2v2h-2zM5 13h2v2H5zm3 0h8v2H8zm9 0h2v2h-2z',
  settings:
    'M10.300 2h3.400l.5 2.600a7.600 7.600 0 0 1 1.900 1.100l2.500-.9 1.700 3-2 1.700a7.700 7.700 0 0 1 0 2.200l2 1.700-1.700 3-2.500-.9a7.600 7.600 0 0 1-1.900 1.100l-.5 2.600h-3.400l-.5-2.600a7.600 7.600 0 0 1-1.900-1.100l-2.500.9-1.700-3 2-1.700a7.700 7.700 0 0 1 0-2.200l-2-1.700 1.700-3 2.500.9a7.600 7.600 0 0 1 1.900-1.100zM12 8.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7z',
  full: 'M4 4h6v2H6v4H4zm10 0h6v6h-2V6h-4zM4 14h2v4h4v2H4zm14 0h2v6h-6v-2h4z',
  fullOff: 'M8 4h2v6H4V8h4zm6 0h2v4h4v2h-6zM4 14h6v6H8v-4H4zm10 0h6v2h-4v4h-2z',
} as const

export function Mark({ name }: { name: keyof typeof paths }) {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="currentColor" fillRule="evenodd" />
    </svg>
  )
}
