// Signed in: the navigation, and the part that the address names.
import { Button } from '@instructure/ui-buttons'
import { parts } from './parts.ts'
import { usePlace } from './use-place.ts'
import { t } from './words.ts'

export function Home({ onSignOut }: { onSignOut(): void }) {
  const place = usePlace()
  const open = parts.find(({ name }) => name === place.name) ?? parts[0]
  return (
    <>
      <header className="admin-head">
        <p className="admin-title">{t('title')}</p>
        <Button size="small" onClick={onSignOut}>
          {t('signOut')}
        </Button>
      </header>
      <nav className="admin-nav" aria-label={t('navigation')}>
        {parts.map(({ name, title }) => (
          <a key={name} href={`#${name}`} aria-current={name === open?.name ? 'page' : undefined}>
            {title}
          </a>
        ))}
      </nav>
      <main>{open ? <open.Page key={`${open.name}/${place.rest}`} rest={open.name === place.name ? place.rest : ''} /> : null}</main>
    </>
  )
}
