// Uploads of this person that stopped on the way and that no activity holds any more: each goes on with its file, or is given up.
import type { Asset } from '@cuepoint/contracts'
import { GoOnUpload } from './go-on-upload.tsx'

interface Props {
  readonly uploads: readonly Asset[]
  onFile(file: File, upload: Asset): void
  onGone(): void
}

export function Unfinished({ uploads, onFile, onGone }: Props) {
  return uploads.map((one) => <GoOnUpload key={one.id} asset={one} onFile={(file) => onFile(file, one)} onGone={onGone} />)
}
