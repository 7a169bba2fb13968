// "Right" beside an option, with the option's name for those who don't see where it stands.
import { t } from '../words.ts'

export function RightLabel({ option }: { option: string }) {
  return (
    <>
      <span aria-hidden="true">{t('right')}</span>
      <span className="cp-sr">{t('rightFor', { option })}</span>
    </>
  )
}
