// What else the LMS may be told of one link: text, the column's name and tag, and its windows. Folded away: most links need none.
import { TextInput } from '@instructure/ui-text-input'
import { detailsFit, type LinkDetails, sentWindow } from './link-details.ts'
import { WindowFields } from './window-fields.tsx'
import { t } from './words.ts'

interface Props {
  readonly details: LinkDetails
  readonly platform: string
  /** A gradebook column may come of it. */
  readonly column: boolean
  /** Adding was tried: what is wrong must be seen. */
  readonly tried: boolean
  onChange(part: LinkDetails): void
}

export function ReviewDetails({ details, platform, column, tried, onChange }: Props) {
  const { text = '', label = '', tag = '', openFrom = '', openUntil = '', submitFrom = '', submitUntil = '' } = details
  const bad = (from: string, until: string) => (sentWindow(from, until) === null ? t('windowBad') : null)
  const wrong = bad(openFrom, openUntil) ?? bad(submitFrom, submitUntil) ?? (detailsFit(details) ? null : t('detailsLong'))
  return (
    <details className="picker-more" {...(tried && wrong ? { open: true } : {})}>
      <summary>{t('more')}</summary>
      <div className="picker-more-fields">
        <TextInput
          renderLabel={t('linkText', { platform })}
          value={text}
          maxLength={2000}
          messages={[{ type: 'hint', text: t('linkTextHint') }]}
          onChange={(_, next) => onChange({ text: next })}
        />
        {column && (
          <>
            <TextInput
              renderLabel={t('columnLabel')}
              value={label}
              maxLength={200}
              messages={[{ type: 'hint', text: t('columnLabelHint') }]}
              onChange={(_, next) => onChange({ label: next })}
            />
            <TextInput
              renderLabel={t('columnTag')}
              value={tag}
              maxLength={100}
              messages={[{ type: 'hint', text: t('columnTagHint') }]}
              onChange={(_, next) => onChange({ tag: next })}
            />
          </>
        )}
        <p className="picker-facts">
          {t('windowsHint', { platform, zone: Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll('_', ' ') })}
        </p>
        <WindowFields
          legend={t('available')}
          from={openFrom}
          until={openUntil}
          problem={bad(openFrom, openUntil)}
          onFrom={(next) => onChange({ openFrom: next })}
          onUntil={(next) => onChange({ openUntil: next })}
        />
        <WindowFields
          legend={t('submission')}
          from={submitFrom}
          until={submitUntil}
          problem={bad(submitFrom, submitUntil)}
          onFrom={(next) => onChange({ submitFrom: next })}
          onUntil={(next) => onChange({ submitUntil: next })}
        />
      </div>
    </details>
  )
}
