// The words of copied courses.
import { courseCopyMessages } from '../../../messages/en/course-copy.ts'
import { words } from '../../../shell/text.ts'

export const ct = words(courseCopyMessages)
