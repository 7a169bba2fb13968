// Activities of the other courses that this instructor teaches; taking one makes a copy of its own in this course.
import type { Activity, OtherCourse } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { Pill } from '@instructure/ui-pill'
import { useCallback, useEffect, useState } from 'react'
import { call } from '../../api/call.ts'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import { t } from './words.ts'

interface Props {
  /** A published copy is chosen at once; a draft is to be finished first. */
  onCopied(activity: Activity): void
}

export function OtherCourses({ onCopied }: Props) {
  const [courses, setCourses] = useState<readonly OtherCourse[] | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [wanted, setWanted] = useState<{ courseId: string; activityId: string } | null>(null)
  const load = useCallback(() => {
    setError(null)
    call('GET /api/other-courses', {}).then((reply) => setCourses(reply.courses), setError)
  }, [])
  useEffect(load, [load])
  const copying = useAction(async (params: { courseId: string; activityId: string }) => {
    setWanted(params)
    onCopied(await call('POST /api/other-courses/:courseId/activities/:activityId/copy', { params }))
  })
  if (error !== null) return <ProblemAlert error={error} onRetry={load} />
  if (courses === null) return <p className="picker-empty">{t('othersLoading')}</p>
  if (courses.length === 0) return <p className="picker-empty">{t('othersNone')}</p>
  return (
    <>
      <p>{t('othersIntro')}</p>
      {copying.error !== null && <ProblemAlert error={copying.error} onRetry={() => wanted && void copying.start(wanted)} />}
      {courses.map((course) => (
        <section key={course.id} className="picker-course">
          <h2>{course.label ? t('otherCourse', { title: course.title, label: course.label }) : course.title}</h2>
          <ul className="picker-rows">
            {course.activities.map(({ id, title, questionCount, maxScore, published }) => (
              <li key={id} className="picker-row">
                <div className="picker-row-main">
                  <strong>{title}</strong>
                  <p className="picker-facts">{t('facts', { questions: questionCount, points: published?.maxScore ?? maxScore })}</p>
                </div>
                <div className="picker-row-side">
                  <Pill color={published ? 'success' : 'primary'}>{t(published ? 'published' : 'draft')}</Pill>
                  <Button
                    size="small"
                    interaction={copying.pending ? 'readonly' : 'enabled'}
                    onClick={() => void copying.start({ courseId: course.id, activityId: id })}
                    aria-label={t('copyThis', { title, course: course.title })}
                  >
                    {copying.pending && wanted?.activityId === id ? t('copying') : t('copyHere')}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}
