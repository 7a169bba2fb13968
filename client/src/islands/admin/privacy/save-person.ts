// All that is kept of one person, as a file: the server writes it row by row, so it is fetched apart from the calls of JSON.
import { ApiProblem, bearerHeader, Unreachable } from '../../../api/call.ts'
import { download } from '../../../shell/download.ts'

/** Answers with the file's name. */
export async function savePerson(institutionId: string, personId: string): Promise<string> {
  let response: Response
  let text: string
  try {
    response = await fetch(`/api/admin/privacy/export/${institutionId}/${personId}`, {
      headers: bearerHeader(),
      credentials: 'same-origin',
    })
    text = await response.text()
  } catch (cause) {
    throw new Unreachable('no answer', { cause })
  }
  const type = response.headers.get('content-type') ?? ''
  if (!response.ok && type.includes('application/problem+json')) throw new ApiProblem(JSON.parse(text))
  // The last line says that nothing was cut off.
  if (!response.ok || !text.endsWith('}\n')) throw new Unreachable(`status ${response.status}`)
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'cuepoint-person.json'
  download(name, text, 'application/json')
  return name
}
