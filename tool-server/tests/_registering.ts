// The steps of dynamic registration as a browser in the LMS walks them.
import type { Lms } from '../../fixtures/lms-simulator/index.ts'

export interface Answered {
  status: number
  page: string
  headers: Headers
}

async function answered(answer: Response): Promise<Answered> {
  return { status: answer.status, page: await answer.text(), headers: answer.headers }
}

/** Opens the link as the LMS does, with its parameters behind it. */
export async function openLink(address: string, parameters: Record<string, string>): Promise<Answered> {
  return answered(await fetch(`${address}&${new URLSearchParams(parameters)}`))
}

/** Presses the button of that page. */
async function pressRegister(address: string, parameters: Record<string, string>): Promise<Answered> {
  const { origin, searchParams } = new URL(address)
  const body = new URLSearchParams({ link: searchParams.get('link') ?? '', ...parameters })
  return answered(await fetch(`${origin}/lti/register`, { method: 'POST', body }))
}

export const registerBy = (address: string, lms: Lms): Promise<Answered> => pressRegister(address, lms.platform.registering.begin())
