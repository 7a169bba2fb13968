// New captions: a WebVTT or SRT file, or an empty set to be written by hand.
import type { Caption } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { TextInput } from '@instructure/ui-text-input'
import { useState } from 'react'
import { call } from '../../../../api/call.ts'
import { ProblemAlert } from '../../../../shell/problem.tsx'
import { useAction } from '../../../../shell/use-action.ts'
import { FileButton } from '../asset/file-button.tsx'
import { vt } from '../words.ts'
import { languageName } from './language-name.ts'

const TAG = /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}$/

interface Props {
  readonly assetId: string
  readonly locale: string
  onAdded(caption: Caption, opens: boolean): void
}

export function AddCaptions({ assetId, locale, onAdded }: Props) {
  const [language, setLanguage] = useState(locale.split('-')[0] ?? 'en')
  const [label, setLabel] = useState('')
  const good = TAG.test(language)
  const shownLabel = label.trim() || (good ? languageName(language) : '')
  const adding = useAction(async (text: string, opens: boolean) => {
    const body = { language, label: shownLabel, text }
    onAdded(await call('POST /api/assets/:assetId/captions', { params: { assetId }, body }), opens)
    setLabel('')
  })
  return (
    <div className="vau-add-captions">
      <ProblemAlert error={adding.error} />
      <div className="au-inline-form">
        <TextInput
          renderLabel={vt('captionLanguage')}
          value={language}
          width="14rem"
          onChange={(_, text) => setLanguage(text.trim())}
          messages={good ? [{ type: 'hint', text: vt('captionLanguageHint') }] : [{ type: 'newError', text: vt('captionLanguageBad') }]}
        />
        <TextInput
          renderLabel={vt('captionLabel')}
          value={label}
          maxLength={80}
          width="14rem"
          placeholder={good ? languageName(language) : ''}
          onChange={(_, text) => setLabel(text)}
        />
      </div>
      <div className="au-buttons">
        <FileButton
          accept=".vtt,.srt,text/vtt,application/x-subrip"
          onFile={(file) => {
            if (good) void file.text().then((text) => adding.start(text, false))
          }}
        >
          {adding.pending ? vt('captionAdding') : vt('captionUpload')}
        </FileButton>
        <Button
          interaction={adding.pending || !good ? 'disabled' : 'enabled'}
          onClick={() => void adding.start('WEBVTT\n\n00:00.000 --> 00:02.000\n…\n', true)}
        >
          {vt('captionNew')}
        </Button>
      </div>
    </div>
  )
}
