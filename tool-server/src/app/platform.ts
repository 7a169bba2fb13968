// Command line: npm run platform -- add|list|approve|retire|rotate-key|admin-link
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { loadConfig } from '../kernel/config.ts'
import { adminLinkMinutes, newAdminAddress } from './admin-address.ts'
import { obeyRegistration, registrationUsage } from './platform-registration.ts'
import { addPlatform, approvePlatform, findPlatform, platformLines, retirePlatform } from './platforms.ts'
import { openConfiguredDatabase } from './process.ts'
import { sentenceOf } from './run.ts'

const usage = `npm run platform -- list
npm run platform -- add --name NAME --issuer URL --client-id ID --auth-url URL --token-url URL --jwks-url URL
                        [--audience URL] [--lms canvas|moodle|blackboard|brightspace|generic] [--origin URL …] [--deployment ID …]
npm run platform -- approve PLATFORM [--deployment ID]
npm run platform -- retire PLATFORM
npm run platform -- admin-link                 a link, good once, that signs you in at /admin
${registrationUsage}PLATFORM is an id, a client id or a name; deployments named with add are approved.
`

const text = { type: 'string' } as const
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    name: text,
    issuer: text,
    'client-id': text,
    'auth-url': text,
    'token-url': text,
    'jwks-url': text,
    audience: text,
    lms: text,
    origin: { type: 'string', multiple: true },
    deployment: { type: 'string', multiple: true },
    hours: text,
    'at-once': { type: 'boolean' },
    help: { type: 'boolean' },
  },
})

async function obey(deed: string | undefined, which: string | undefined): Promise<string> {
  switch (deed) {
    case 'list':
      return (await platformLines()).join('\n')
    case 'add': {
      const it = await addPlatform({
        name: values.name ?? '',
        issuer: values.issuer ?? '',
        clientId: values['client-id'] ?? '',
        authUrl: values['auth-url'] ?? '',
        tokenUrl: values['token-url'] ?? '',
        jwksUrl: values['jwks-url'] ?? '',
        audience: values.audience,
        lms: values.lms,
        origins: values.origin,
        deployments: values.deployment,
      })
      return `${it.name} is registered (${it.id}).`
    }
    case 'approve': {
      const it = await findPlatform(which ?? '')
      for (const deployment of values.deployment ?? [undefined]) await approvePlatform(it, deployment)
      return `${it.name} is approved.`
    }
    case 'retire': {
      const it = await findPlatform(which ?? '')
      await retirePlatform(it)
      return `${it.name} is retired: its launches are refused from now on.`
    }
    case 'admin-link':
      return `Open this within ${adminLinkMinutes} minutes, once:\n  ${await newAdminAddress()}`
    default: {
      const answer = await obeyRegistration(deed, which, values)
      if (answer === undefined) throw new Error(usage)
      return answer
    }
  }
}

try {
  if (values.help || positionals.length === 0) process.stdout.write(usage)
  else {
    loadConfig()
    const database = await openConfiguredDatabase()
    try {
      process.stdout.write(`${await obey(positionals[0], positionals[1])}\n`)
    } finally {
      await database.close()
    }
  }
} catch (error) {
  const words =
    error instanceof z.ZodError
      ? error.issues.map((it) => `--${it.path.join('.').replace(/[A-Z]/g, (big) => `-${big.toLowerCase()}`)}: ${it.message}`).join('\n')
      : sentenceOf(error)
  process.stderr.write(`${words}\n`)
  process.exitCode = 1
}
