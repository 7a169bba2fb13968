// The login_attempt row: state, nonce, registration, target and browser binding, consumed by one atomic update.
// That single statement settles forged, replayed, concurrent and swapped launches.
import { hash } from 'node:crypto'
import { newToken, now } from '../../../kernel/clock.ts'
import { query, queryAlone, type Tx } from '../../../kernel/db.ts'

const validSeconds = 600

export interface LoginAttempt {
  state: string
  nonce: string
  binding: string
}

export interface NewLogin {
  registrationId: string
  target: string
  storageTarget: string | null
  loginHint: string
  messageHint: string | null
}

function hashOf(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}

export async function beginLogin(login: NewLogin): Promise<LoginAttempt> {
  const attempt = { state: newToken(), nonce: newToken(), binding: newToken() }
  const at = now()
  await queryAlone(
    `insert into login_attempts (state, nonce, registration_id, target, binding_hash, storage_target, login_hint, message_hint, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      attempt.state,
      attempt.nonce,
      login.registrationId,
      login.target,
      hashOf(attempt.binding),
      login.storageTarget,
      login.loginHint,
      login.messageHint,
      at,
      new Date(at.getTime() + validSeconds * 1000),
    ],
    'begin-login',
  )
  return attempt
}

export interface Consumed {
  nonce: string
  registration_id: string
  target: string
}

/** Uses the attempt up, once; undefined = never issued, expired, used before, or begun in another browser. */
export async function consumeLogin(tx: Tx, state: string, binding: string): Promise<Consumed | undefined> {
  const [row] = await query<Consumed>(
    tx,
    `update login_attempts set used_at = $3 where state = $1 and binding_hash = $2 and used_at is null and expires_at > $3
     returning nonce, registration_id, target`,
    [state, hashOf(binding), now()],
    'consume-login',
  )
  return row
}

export interface LoginState {
  registration_id: string
  target: string
  storage_target: string | null
  login_hint: string
  message_hint: string | null
  used: boolean
  expired: boolean
  bound: boolean
}

/** What is known of a login, without using it: to say why a launch failed, or to climb the ladder. */
export async function peekLogin(state: string, binding = ''): Promise<LoginState | undefined> {
  const [row] = await queryAlone<LoginState>(
    `select registration_id, target, storage_target, login_hint, message_hint, used_at is not null used, expires_at <= $2 expired, binding_hash = $3 bound
     from login_attempts where state = $1`,
    [state, now(), hashOf(binding)],
  )
  return row
}

/** Attempts are kept for a day after their end, so that a replay is told from a forgery. */
export async function dropOldLogins(): Promise<void> {
  await queryAlone('delete from login_attempts where expires_at < $1', [new Date(now().getTime() - 86_400_000)])
}
