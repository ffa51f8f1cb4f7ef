import type { SearchMatch } from '@lakemesh/backstage-plugin-data-mesh-common';
import { chooseReasons } from './chooseReasons';

const email: SearchMatch = {
  kind: 'column',
  text: 'customer_email',
  port: 'profiles',
};
const emailHash: SearchMatch = {
  kind: 'column',
  text: 'email_hash',
  port: 'daily',
};
const tag: SearchMatch = { kind: 'tag', text: 'customer' };
const title: SearchMatch = { kind: 'title', text: 'Customer 360' };
const about: SearchMatch = {
  kind: 'description',
  text: 'The customer and the email',
};

describe('chooseReasons', () => {
  it.each<
    [
      why: string,
      matches: SearchMatch[],
      visible: string,
      shown: SearchMatch[],
      more: number,
    ]
  >([
    [
      'tells the one place that holds all words, though the title holds some',
      [email, title, tag],
      'Customer 360',
      [email],
      1,
    ],
    [
      'tells as many places as the words need',
      [tag, emailHash],
      'Newsletter',
      [tag, emailHash],
      0,
    ],
    [
      'leaves out what is shown with its marks',
      [about, tag],
      'Support. The customer and the email',
      [],
      0,
    ],
  ])('%s', (_, matches, visible, shown, more) => {
    expect(chooseReasons(matches, 'customer email', visible)).toEqual({
      shown,
      more,
    });
  });
});
