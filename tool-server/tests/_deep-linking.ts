// The picker's steps over HTTP: a deep-linking launch, the form that comes of a choice, and the LMS's answer to it.
import { callTool, launchDataIn, type TestSchool, type Wire } from './_app.ts'

interface Picking {
  token: string
  offer: Wire
  /** Calls the tool as this picker. */
  ask(method: string, path: string, body?: unknown): Promise<{ status: number; json: Wire; text: string }>
}

/** Opens the picker as an instructor; `change` alters the claims of the id_token before they are signed. */
export async function openPicker(
  school: TestSchool,
  where: { person?: string; course?: string; placement?: Wire; edit?: string; change?(claims: Wire): void } = {},
): Promise<Picking> {
  const { person = 'teacher1', change, ...deepLink } = where
  const walk = await school.lms.journey.walkLaunch({ person, deepLink })
  const fields: Record<string, string> = {}
  if (change) {
    const claims = JSON.parse(Buffer.from(walk.formFields.id_token?.split('.')[1] ?? '', 'base64url').toString())
    change(claims)
    fields.id_token = school.lms.platform.signIdToken(claims)
  }
  const { token, deepLinking } = launchDataIn(await (await walk.launch(fields)).text())
  return { token, offer: deepLinking, ask: (method, path, body) => callTool(school.origin, token, method, path, body) }
}

/** Posts a form to the LMS as the browser does; gives its status and page. */
export async function postToLms(
  school: TestSchool,
  form: { action: string; fields: Record<string, string> },
): Promise<{ status: number; page: string }> {
  const answer = await fetch(form.action, {
    method: 'POST',
    body: new URLSearchParams(form.fields),
    headers: { cookie: school.lms.sessionCookie('teacher1') },
    redirect: 'manual',
  })
  return { status: answer.status, page: await answer.text() }
}

/** What a signed form says. */
export function claimsOf(form: { fields: Record<string, string> }): Wire {
  return JSON.parse(Buffer.from(form.fields.JWT?.split('.')[1] ?? '', 'base64url').toString())
}
