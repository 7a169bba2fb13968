// A file on its way up as the rows of media send it: in pieces, and after any trouble from where the server says that it is.
import { setTimeout as sleep } from 'node:timers/promises'
import { queryAlone } from '../../src/kernel/db.ts'
import { callTool } from '../../tests/_app.ts'
import { type TusAnswer, tusAs } from '../../tests/_media.ts'
import type { MediaWeb } from './web.ts'

const againMs = 250
const patienceMs = 60_000

export class Uploading {
  readonly violations: string[] = []
  /** What the server has said that it has. */
  acknowledged = 0
  private readonly web: MediaWeb
  private readonly bytes: Buffer
  private readonly url: string
  readonly assetId: string

  private constructor(web: MediaWeb, bytes: Buffer, begun: { url: string; assetId: string }) {
    this.web = web
    this.bytes = bytes
    this.url = begun.url
    this.assetId = begun.assetId
  }

  static async begin(web: MediaWeb, bytes: Buffer): Promise<Uploading> {
    const begun = await tusAs(web, web.token).begin(bytes.length)
    if (begun.status !== 201) throw new Error(`the upload was not begun: ${begun.status} ${JSON.stringify(begun.json)}`)
    return new Uploading(web, bytes, begun)
  }

  /** One piece; null where the line broke. */
  async send(size: number): Promise<TusAnswer | null> {
    const to = Math.min(this.acknowledged + size, this.bytes.length)
    const tus = tusAs(this.web, this.web.token)
    const said = await tus.send(this.url, this.acknowledged, this.bytes.subarray(this.acknowledged, to)).catch(() => null)
    if (said?.status === 204) this.acknowledged = said.offset ?? this.acknowledged
    return said
  }

  /** Asks where to go on; waits until somebody answers. */
  async ask(): Promise<void> {
    for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(againMs)) {
      const said = await tusAs(this.web, this.web.token)
        .ask(this.url)
        .catch(() => null)
      if (said?.status !== 200) continue
      const offset = said.offset ?? 0
      if (offset < this.acknowledged) this.violations.push(`${this.acknowledged} bytes were confirmed, ${offset} are there`)
      this.acknowledged = offset
      return
    }
    throw new Error('the upload could not be asked how far it is')
  }

  /** All up to `to`, through whatever happens meanwhile. */
  async sendTo(to: number, piece: number): Promise<void> {
    for (const end = Date.now() + patienceMs; this.acknowledged < to; ) {
      if (Date.now() > end) throw new Error(`the upload stands at ${this.acknowledged} of ${to}`)
      const said = await this.send(Math.min(piece, to - this.acknowledged))
      if (said?.status === 204) continue
      await sleep(againMs)
      await this.ask()
    }
  }

  /** Sends the rest, and looks whether it was told once; then it is given up, so that nobody encodes it. */
  async end(piece: number): Promise<void> {
    await this.sendTo(this.bytes.length, piece)
    const rows = await queryAlone(`select 1 from events where name = 'media.upload.finished' and data ->> 'assetId' = $1`, [this.assetId])
    if (rows.length !== 1) this.violations.push(`its end was told ${rows.length} times`)
    const { status } = await callTool(this.web.origin, this.web.token, 'POST', `/api/assets/${this.assetId}/cancel`)
    if (status !== 200) this.violations.push(`it could not be cancelled: ${status}`)
  }
}
