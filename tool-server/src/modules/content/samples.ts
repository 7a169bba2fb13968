// The sample activities: JSON files of SAMPLES_DIR, read once. In a file `topicIds` holds topic names; a copy gets the course's ids.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ActivityDocument, ActivityTitle, type Sample } from '@cuepoint/contracts'
import { z } from 'zod'
import { newId } from '../../kernel/clock.ts'
import { config } from '../../kernel/config.ts'
import { notFound } from '../../kernel/errors.ts'
import { questionsOf } from './document-parts.ts'
import { maxScoreOf } from './scores.ts'

const SampleFile = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,100}$/),
  title: ActivityTitle,
  summary: z.string(),
  subject: z.string(),
  topics: z.array(z.string()),
  document: z.looseObject({ questions: z.array(z.looseObject({ topicIds: z.array(z.string()) })) }),
})

/** A sample with its own topic ids; `topics` maps each name to them. */
export interface ReadSample extends Sample {
  document: ActivityDocument
  topics: Map<string, string>
}

let read: { dir: string; samples: Promise<ReadSample[]> } | undefined

/** All samples by title. A file that does not fit fails the whole list: it is ours, not a user's. */
export function samplesRead(dir = config().samplesDir): Promise<ReadSample[]> {
  if (read?.dir !== dir) {
    const samples = readAll(dir)
    read = { dir, samples }
    // A folder that could not be read is tried again next time.
    samples.catch(() => {
      read = undefined
    })
  }
  return read.samples
}

/** The samples as the picker lists them. */
export async function samplesListed(): Promise<Sample[]> {
  const samples = await samplesRead()
  return samples.map(({ id, title, summary, subject, questionCount, maxScore }) => ({
    id,
    title,
    summary,
    subject,
    questionCount,
    maxScore,
  }))
}

/** One sample by id. */
export async function sampleOf(id: string): Promise<ReadSample> {
  const sample = (await samplesRead()).find((one) => one.id === id)
  if (!sample) throw notFound('resource_not_found', 'There is no such sample.')
  return sample
}

async function readAll(dir: string): Promise<ReadSample[]> {
  const files = (await readdir(dir)).filter((name) => name.endsWith('.json'))
  const samples = await Promise.all(files.map(async (name) => sampleFrom(JSON.parse(await readFile(join(dir, name), 'utf8')))))
  return samples.sort((a, b) => a.title.localeCompare(b.title))
}

function sampleFrom(json: unknown): ReadSample {
  const { id, title, summary, subject, topics: names, document: raw } = SampleFile.parse(json)
  const topics = new Map(names.map((name) => [name, newId()]))
  const questions = raw.questions.map((question) => ({ ...question, topicIds: question.topicIds.map((name) => topics.get(name)) }))
  const document = ActivityDocument.parse({ ...raw, topicIds: [...topics.values()], questions })
  return { id, title, summary, subject, questionCount: questionsOf(document).length, maxScore: maxScoreOf(document), document, topics }
}
