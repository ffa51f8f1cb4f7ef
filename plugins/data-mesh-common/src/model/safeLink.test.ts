/* eslint-disable no-script-url */
import { isSafeLink } from './safeLink';

describe('isSafeLink', () => {
  it.each([
    'https://acme.slack.com/archives/C1',
    'http://wiki/x',
    'mailto:team@example.com',
    'slack://channel?team=T1&id=C1',
    'msteams:/l/channel/1',
    'HTTPS://EXAMPLE.COM',
  ])('takes %s', address => {
    expect(isSafeLink(address)).toBe(true);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    '//example.com',
    'example.com',
    'https:',
    'https://x y',
    '',
  ])('refuses %j', address => {
    expect(isSafeLink(address)).toBe(false);
  });
});
