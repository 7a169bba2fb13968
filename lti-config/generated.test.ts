import { describe, expect, it } from 'vitest'
import { filled, generated } from './generated.ts'
import { exampleOrigin, guideValues } from './guide-values.ts'
import { tool } from './tool.ts'

describe('The guides', () => {
  const guides = [...generated()].filter(([path]) => path.startsWith('docs/lms/'))

  it('name every address of the tool, and no other address of it', () => {
    const known = Object.values(tool.paths)
    for (const [path, text] of guides) {
      expect(text, path).toContain(`${exampleOrigin}${tool.paths.login}`)
      expect(text, path).toContain(`${exampleOrigin}${tool.paths.launch}`)
      const named = [...text.matchAll(/https:\/\/cuepoint\.school\.example(\/lti\/[\w/.]+)/g)].map((it) => it[1] ?? '')
      for (const one of named) expect([...known, '/lti/activities/'], `${path}: ${one}`).toContain(one)
    }
  })

  it('follow what they are made from', () => {
    const elsewhere = guideValues('https://other.example')
    expect(filled('{{ launch }} at {{host}}', elsewhere)).toBe(`https://other.example${tool.paths.launch} at other.example`)
    for (const scope of [...tool.scopes, ...tool.optionalScopes]) expect(elsewhere.scopes).toContain(scope)
    for (const placement of Object.keys(tool.canvasPlacements)) expect(elsewhere['canvas-placements']).toContain(placement)
  })

  it('stop the generator where they name what nobody knows', () => {
    expect(() => filled('{{ lunch }}', guideValues(exampleOrigin))).toThrow('lunch')
  })

  it('ask no LMS for the variables of another', () => {
    const values = guideValues(exampleOrigin)
    expect(values['custom-moodle']).toContain('$Moodle.')
    expect(values['custom-moodle']).not.toContain('$Canvas.')
    expect(values.custom).toContain('$Context.id.history')
    expect(values.custom).not.toMatch(/\$(Canvas|Moodle|com\.instructure)/)
  })
})
