// An author's page sees at once how far an upload or its encoding is.
import type { Asset } from '@cuepoint/contracts'
import type { Request, Response } from 'express'
import { forbidden } from '../../kernel/errors.ts'
import { openStream } from '../../kernel/http/event-stream.ts'
import { page } from '../../kernel/http/implement.ts'
import { subscribe } from '../../kernel/live.ts'
import { callerBehind } from '../identity/index.ts'
import { assetChannel, assetNotFound, assetOfCaller } from './assets.ts'

const lookEveryMs = 5000

async function follow(request: Request, response: Response): Promise<void> {
  const caller = await callerBehind(request.headers.authorization)
  if (caller.role !== 'instructor' && caller.role !== 'assistant') throw forbidden('Your role in this course does not allow that.')
  const assetId = String(request.params.assetId).toLowerCase()
  if (!/^[0-9a-f-]{36}$/.test(assetId)) throw assetNotFound()
  let leave = () => {}
  let send: ((data: object) => void) | undefined
  let state = ''
  let said = ''
  const say = (asset: Asset) => {
    const now = JSON.stringify(asset)
    if (now !== said) send?.(asset)
    ;[state, said] = [asset.state, now]
  }
  const tell = () => void assetOfCaller(caller, assetId).then(say, () => response.end())
  // Heard before it is read: a change in between is told twice rather than not at all.
  const unsubscribe = subscribe(assetChannel, (id) => id === assetId && tell(), tell)
  // What it waits for changes without anything happening to it.
  const looking = setInterval(() => state === 'processing' && tell(), lookEveryMs)
  leave = () => {
    clearInterval(looking)
    unsubscribe()
  }
  try {
    const asset = await assetOfCaller(caller, assetId)
    send = openStream(request, response, leave)
    say(asset)
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
