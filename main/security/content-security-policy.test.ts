import { expect, test } from 'vitest'
import { contentSecurityPolicy, securityHeaders } from './content-security-policy'

const directives = new Map(
  contentSecurityPolicy.split('; ').map((directive) => {
    const [name = '', ...sources] = directive.split(' ')
    return [name, sources.join(' ')] as const
  }),
)

test('nothing is allowed but what the program brings along', () => {
  expect(Object.fromEntries(directives)).toEqual({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-src': "'none'",
    'frame-ancestors': "'none'",
  })
})

test('no script can be written into a page or made from text', () => {
  expect(directives.get('script-src')).not.toMatch(/unsafe|data:|blob:|\*/)
})

test('the headers name the policy and close the other ways in and out', () => {
  expect(securityHeaders).toMatchObject({
    'Content-Security-Policy': contentSecurityPolicy,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  })
  expect(securityHeaders['Permissions-Policy']).toContain('camera=()')
})
