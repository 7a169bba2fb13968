// The speeds one may choose.
import { numeral } from '../../../../shell/locale.ts'
import { t } from '../words.ts'

export const speeds: readonly number[] = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]
export const speedWords = (speed: number): string => (speed === 1 ? t('speedNormal') : t('speedOf', { speed: numeral(speed) }))
