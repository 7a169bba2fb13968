// One complete launch as a browser makes it: login initiation, the LMS's id_token posted with the cookies of the login, and,
// where the tool answers that with a redirect (ltijs does), the page behind it.
import { Cookies, type Reply, type Send } from './http-client.ts'
import type { Platform, Subject } from './platform.ts'

export interface Tool {
  origin: string
  loginPath: string
  launchPath: string
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** A person's browser: keeps its cookies from launch to launch. */
export class Browser {
  private readonly cookies = new Cookies()
  private readonly tool: Tool
  private readonly platform: Platform
  private readonly send: Send
  private readonly subject: Subject

  constructor(tool: Tool, platform: Platform, send: Send, subject: Subject) {
    this.tool = tool
    this.platform = platform
    this.send = send
    this.subject = subject
  }

  /** The page of a launch; throws when it is not a 200. */
  async launch(): Promise<string> {
    const { tool, platform, subject } = this
    const target = `${tool.origin}/`
    const login = await this.go('POST', tool.loginPath, new URLSearchParams(platform.loginFields(subject, target)).toString())
    const asked = new URL(login.headers.location ?? '', tool.origin)
    if (login.status !== 302 || !asked.href.startsWith(platform.authUrl)) throw refusal('login', login)
    const idToken = platform.idToken(subject, target, asked.searchParams.get('nonce') ?? '')
    const fields = new URLSearchParams({ id_token: idToken, state: asked.searchParams.get('state') ?? '' })
    let page = await this.go('POST', tool.launchPath, fields.toString())
    if (page.status === 302) page = await this.go('GET', page.headers.location ?? '/')
    if (page.status !== 200) throw refusal('launch', page)
    return page.body
  }

  private async go(method: 'GET' | 'POST', path: string, body?: string): Promise<Reply> {
    const { cookies, tool, platform } = this
    const headers = { ...cookies.header(), ...(body === undefined ? {} : { ...form, origin: platform.origin }) }
    const reply = await this.send(new URL(path, tool.origin).href, { method, headers, ...(body === undefined ? {} : { body }) })
    cookies.take(reply)
    return reply
  }
}

function refusal(step: string, { status, body, headers }: Reply): Error {
  return new Error(`${step}: ${status} ${headers.location ?? ''} ${body.slice(0, 600)}`)
}
