// A school for one run: a quiz and a video that are placed in its course, an LRS of its own, and learners with work before them.
import { randomUUID } from 'node:crypto'
import type { StubLrs } from '../../../fixtures/lrs/stub.ts'
import { queryAlone } from '../../src/kernel/db.ts'
import { saveLrs } from '../../src/modules/analytics/lrs/desk.ts'
import { newSchool, placeQuiz, quizOf, type School, textQuestion } from '../../tests/_quiz.ts'
import { cueOf, newAsset, placeVideo, videoOf } from '../../tests/_video.ts'
import type { Chance } from '../chance.ts'
import { Learner, questionIds } from './learner.ts'

export interface Site {
  school: School
  stub: StubLrs
  lrsId: string
  quiz: string
  video: string
  /** By the person's id. */
  people: Map<string, Learner>
  learners: Learner[]
}

export async function openSite(stub: StubLrs, chance: Chance, size: number): Promise<Site> {
  const school = await newSchool()
  const { institutionId, courseId, placementId } = school
  await queryAlone('update institutions set home_page = $2 where id = $1', [institutionId, 'https://lms.example'])
  const question = (id: string) => textQuestion(id)
  await placeQuiz(school, quizOf(questionIds.map(question), { passShare: 0.5 }))
  const video = randomUUID()
  await queryAlone('insert into placements (id, course_id, external_id, title, takes_scores) values ($1, $2, $3, $4, true)', [
    ...[video, courseId, video, 'Video'],
  ])
  await placeVideo({ ...school, placementId: video }, videoOf(await newAsset(school), [cueOf(question('shown'), 20)]))
  const { url, username, password } = stub
  const usual = { lrsId: null, name: 'Stub', xapiVersion: '1.0.3', actor: 'account', events: null } as const
  const lrsId = await saveLrs({ ...usual, institutionId, url, username, password })
  const people = new Map<string, Learner>()
  for (let at = 0; at < size; at++) {
    const caller = await school.learner()
    people.set(caller.personId ?? '', new Learner(caller, video, chance))
  }
  return { school, stub, lrsId, quiz: placementId, video, people, learners: [...people.values()] }
}
