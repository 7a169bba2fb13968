// Small drawn marks that stand before words; the words say it all, so screen readers skip the mark.
const paths = {
  dash: 'M6 11h12v2H6z',
  half: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 2v14a7 7 0 0 1 0-14z',
  check: 'M9.3 18.2 3.4 12.3l1.8-1.8 4.1 4.1 9.5-9.5 1.8 1.8z',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 2a7 7 0 1 1 0 14 7 7 0 0 1 0-14zm-1 2h2v4.6l3 3-1.4 1.4-3.6-3.6z',
  cross: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm-1 4h2v7h-2zm0 8.5h2v2h-2z',
} as const

export function Mark({ shape }: { shape: keyof typeof paths }) {
  return (
    <svg className="overview-mark" viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
      <path d={paths[shape]} fill="currentColor" fillRule="evenodd" />
    </svg>
  )
}
