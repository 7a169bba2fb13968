// An author's page sees at once how far an upload or its encoding is.
import type { Request, Response } from 'express'
import { forbidden } from '../../kernel/errors.ts'
import { openStream } from '../../kernel/http/event-stream.ts'
import { page } from '../../kernel/http/implement.ts'
import { subscribe } from '../../kernel/live.ts'
import { callerBehind } from '../identity/index.ts'
import { assetChannel, assetNotFound, assetOfCaller } from './assets.ts'

async function follow(request: Request, response: Response): Promise<void> {
  const caller = await callerBehind(request.headers.authorization)
  if (caller.role !== 'instructor' && caller.role !== 'assistant') throw forbidden('Your role in this course does not allow that.')
  const assetId = String(request.params.assetId).toLowerCase()
  if (!/^[0-9a-f-]{36}$/.test(assetId)) throw assetNotFound()
  let leave = () => {}
  let send: ((data: object) => void) | undefined
  const tell = () =>
    void assetOfCaller(caller, assetId).then(
      (asset) => send?.(asset),
      () => response.end(),
    )
  // Heard before it is read: a change in between is told twice rather than not at all.
  leave = subscribe(assetChannel, (id) => id === assetId && tell(), tell)
  try {
    const asset = await assetOfCaller(caller, assetId)
    send = openStream(request, response, leave)
    send(asset)
  } catch (error) {
    leave()
    throw error
  }
}

export const liveAssetRoute = page({
  method: 'GET',
  path: '/api/assets/:assetId/live',
  says: 'server-sent events: an asset, whenever something about it changes',
  handle: follow,
})
