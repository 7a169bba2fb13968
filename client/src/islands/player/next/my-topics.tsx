// Topics to look at again, as far as the answers may be seen.
import type { MyTopic } from '@cuepoint/contracts'
import { listing } from '../../../shell/locale.ts'
import { t } from './words.ts'

export function MyTopics({ topics }: { topics: readonly MyTopic[] }) {
  return (
    <section className="cpn-topics">
      <h2>{t('topics')}</h2>
      <p className="cpn-quiet">{t('topicsWhy')}</p>
      {topics.length === 0 ? (
        <p>{t('topicsNone')}</p>
      ) : (
        <ul>
          {topics.map(({ id, name, wrong, asked, activities }) => (
            <li key={id}>
              <strong>{name}</strong>{' '}
              <span>{t('topic', { wrong, asked, activities: listing(activities.map((title) => `“${title}”`)) })}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
