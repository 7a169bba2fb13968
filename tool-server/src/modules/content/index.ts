// The door of content: activities, their drafts and Versions, samples and topics.
import { defineModule } from '../../kernel/module.ts'
import { contentPeople } from './about-people.ts'
import { contentModels } from './content.models.ts'
import { contentRoutes } from './content.routes.ts'

export { type AssetUse, usesOfAsset } from './asset-use.ts'
export { createActivity, saveDraft } from './authoring.ts'
export { activityIdsOf, activityTitlesOf, draftOf, placedActivityOf, summariesOf } from './catalogue.ts'
export { copyActivity } from './copies.ts'
export { counterpartsIn, topicCounterpartsIn } from './counterparts.ts'
export { publishedVersionsOf, topicIdsIn, topicNamesOf } from './course-versions.ts'
export { questionsOf, timeLimitOf } from './document-parts.ts'
export { activityOfInstitution, type OriginActivity, shareActivity, unshareActivity } from './origins.ts'
export { isActivityOfCourse } from './ownership.ts'
export { publishActivity } from './publishing.ts'
export { questionViewsOf } from './reading.ts'
export { roundedPoints } from './scores.ts'
export { topicsOf } from './topics.ts'
export {
  notDeletedSql,
  type Pointer,
  pointerOf,
  pointerSql,
  publishedVersionOf,
  type Version,
  versionBehind,
  versionOf,
} from './versions.ts'

export const contentModule = defineModule({ name: 'content', personal: contentPeople, models: contentModels, routes: contentRoutes })
