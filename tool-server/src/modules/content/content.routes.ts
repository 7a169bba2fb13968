// The calls of authoring and picking.
import {
  copyFromCourse as copyFromCourseCall,
  createActivity as createActivityCall,
  createTopic,
  deleteActivity as deleteActivityCall,
  deleteTopic as deleteTopicCall,
  getActivity,
  listActivities,
  listOtherCourses,
  listSamples,
  listTopics,
  publishActivity as publishActivityCall,
  renameTopic as renameTopicCall,
  saveDraft as saveDraftCall,
  showFormula,
} from '@cuepoint/contracts'
import { implement } from '../../kernel/http/implement.ts'
import { createActivity, deleteActivity, saveDraft } from './authoring.ts'
import { activitiesOf, activityOf } from './catalogue.ts'
import { copyFromCourse, otherCoursesOf } from './copies.ts'
import { mathOf } from './formulas.ts'
import { publishActivity } from './publishing.ts'
import { samplesListed } from './samples.ts'
import { addTopic, deleteTopic, renameTopic, topicsOf } from './topics.ts'

export const contentRoutes = [
  implement(listActivities, async ({ caller }) => ({ activities: await activitiesOf(caller) })),
  implement(listSamples, async () => ({ samples: await samplesListed() })),
  implement(createActivityCall, ({ caller, body }) => createActivity(caller, body)),
  implement(getActivity, ({ caller, params }) => activityOf(caller, params.activityId)),
  implement(saveDraftCall, ({ caller, params, body }) => saveDraft(caller, params.activityId, body)),
  implement(publishActivityCall, ({ caller, params, body }) => publishActivity(caller, params.activityId, body.revision)),
  implement(deleteActivityCall, async ({ caller, params }) => {
    await deleteActivity(caller, params.activityId)
    return { ok: true as const }
  }),
  implement(listOtherCourses, async ({ caller }) => ({ courses: await otherCoursesOf(caller) })),
  implement(copyFromCourseCall, ({ caller, params }) => copyFromCourse(caller, params.courseId, params.activityId)),
  implement(showFormula, async ({ body }) => ({ mathml: mathOf(body.tex) })),
  implement(listTopics, async ({ caller }) => ({ topics: await topicsOf(caller) })),
  implement(createTopic, ({ caller, body }) => addTopic(caller, body.name)),
  implement(renameTopicCall, ({ caller, params, body }) => renameTopic(caller, params.topicId, body.name)),
  implement(deleteTopicCall, async ({ caller, params }) => {
    await deleteTopic(caller, params.topicId)
    return { ok: true as const }
  }),
]
