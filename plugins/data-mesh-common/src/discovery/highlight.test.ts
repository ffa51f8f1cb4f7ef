import { highlightParts, wordsFound } from './highlight';

/** Hits in brackets. */
function marked(text: string, search: string): string {
  return highlightParts(text, search)
    .map(part => (part.hit ? `[${part.text}]` : part.text))
    .join('');
}

describe('highlightParts', () => {
  it.each([
    ['customer_email', 'customer email', '[customer]_[email]'],
    ['customer_email', 'customerEmail', '[customer_email]'],
    ['Customer e-mail', 'e-mail', 'Customer [e-mail]'],
    ['HTTPStatus', 'status', 'HTTP[Status]'],
    ['a+b (c)', '(c)', 'a+b ([c])'],
    ['mailbox', 'mail mailbox', '[mailbox]'],
    ['nothing here', 'zebra', 'nothing here'],
    ['nothing typed', '  ', 'nothing typed'],
    ['', 'x', ''],
  ])('marks in "%s" what "%s" looks for', (text, search, expected) => {
    expect(marked(text, search)).toBe(expected);
  });
});

it('tells which words stand in a text', () => {
  expect(wordsFound('emailHash', 'customer email hash')).toEqual([
    'email',
    'hash',
  ]);
  expect(wordsFound('anything', '')).toEqual([]);
});
