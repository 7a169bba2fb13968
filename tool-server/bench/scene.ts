// What most benches begin with: the product on a PostgreSQL of its own, an LMS beside it, and who calls both.
import { httpClient, type Send } from './http-client.ts'
import { type Platform, startPlatform } from './platform.ts'
import { type Postgres, startPostgres } from './postgres.ts'
import { type Product, startProduct } from './product.ts'
import { Undo } from './undo.ts'

export interface Scene {
  postgres: Postgres
  platform: Platform
  product: Product
  send: Send
  /** For what is started besides. */
  undo: Undo
}

/** All is stopped when `play` ends, however it ends. */
export async function onScene<T>(play: (scene: Scene) => Promise<T>, profileDir?: string): Promise<T> {
  const undo = new Undo()
  try {
    const postgres = await undo.later(startPostgres())
    const platform = await undo.later(startPlatform())
    const client = httpClient()
    undo.push(async () => client.close())
    const product = await undo.later(startProduct(await postgres.create('product'), platform, profileDir))
    return await play({ postgres, platform, product, send: client.send, undo })
  } finally {
    await undo.all()
  }
}
