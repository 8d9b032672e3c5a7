import { expect, test } from 'vitest'
import { parseSections } from './profile-settings'

test('reads sections, quoted names, comments and indented keys', () => {
  const sections = parseSections(
    '# mine\n[default]\nregion=eu-west-1 \n\n[profile "a b"]\r\n; no\r\nservices = local\r\n[services local]\ns3 =\n  endpoint_url = http://127.0.0.1:1\n  addressing_style = path\nendpoint_url = x\n',
  )
  expect(sections.get('default')?.get('region')).toBe('eu-west-1')
  expect(sections.get('profile a b')?.get('services')).toBe('local')
  expect(sections.get('services local')?.get('s3.endpoint_url')).toBe('http://127.0.0.1:1')
  expect(sections.get('services local')?.get('endpoint_url')).toBe('x')
})
