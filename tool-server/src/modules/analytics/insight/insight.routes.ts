// The calls of the dashboard, and the stream that says when its figures have changed.
import { getInsight, getInsightCsv, getLearnerStory, getStoryCsv } from '@cuepoint/contracts'
import type { Request, Response } from 'express'
import { AppError, forbidden } from '../../../kernel/errors.ts'
import { openStream } from '../../../kernel/http/event-stream.ts'
import { implement, page } from '../../../kernel/http/implement.ts'
import { subscribe } from '../../../kernel/live.ts'
import { callerBehind, namingFor, noteLook, placementOf } from '../../identity/index.ts'
import { insightCsvOf, storyCsvOf } from './insight-csv.ts'
import { insightOf } from './insights.ts'
import { insightChannel } from './keep-insight.ts'
import { storyOf } from './story.ts'

async function follow(request: Request, response: Response): Promise<void> {
  const caller = await callerBehind(request.headers.authorization)
  if (caller.role !== 'instructor' && caller.role !== 'assistant') throw forbidden('Your role in this course does not allow that.')
  const asked = String(request.params.placementId).toLowerCase()
  if (!/^[0-9a-f-]{36}$/.test(asked)) throw new AppError('resource_not_found', 'There is nothing here.')
  const { id } = await placementOf(caller, asked)
  let send: ((data: object) => void) | undefined
  const changed = (): void => send?.({ changed: true })
  const leave = subscribe(insightChannel, (placementId) => placementId === id && changed(), changed)
  send = openStream(request, response, leave)
  send({ changed: false })
}

export const insightRoutes = [
  implement(getInsight, async ({ caller, params, request }) => {
    const naming = await namingFor(caller, request.query.as)
    return insightOf(caller, params.placementId, params.versionId, naming)
  }),
  implement(getLearnerStory, async ({ caller, params, request }) => {
    const naming = await namingFor(caller, request.query.as)
    return storyOf(caller, params.placementId, params.personId, naming)
  }),
  implement(getStoryCsv, async ({ caller, params, request }) => {
    const naming = await namingFor(caller, request.query.as)
    return storyCsvOf(await storyOf(caller, params.placementId, params.personId, naming))
  }),
  implement(getInsightCsv, async ({ caller, params, request }) => {
    const { placementId, versionId, table } = params
    const naming = await namingFor(caller, request.query.as)
    const csv = await insightCsvOf(caller, placementId, versionId, table, naming)
    if (table === 'class' && naming === 'names') await noteLook(caller, { what: 'class-csv', personId: null, placementId })
    return csv
  }),
  page({
    method: 'GET',
    path: '/api/placements/:placementId/insight-live',
    says: 'server-sent events: the figures of a placement have changed',
    handle: follow,
  }),
]
