// "Right" beside an option, with the option's name for those who don't see where it stands.
import { t } from '../words.ts'

export function RightLabel({ option }: { option: string }) {
  return (
    <>
      {t('right')}
      <span className="cp-sr">: {option}</span>
    </>
  )
}
