import { GrantsUrl, readGrantsUrl, writeGrantsUrl } from './grantsUrl';

describe('the URL of the grants page', () => {
  it.each<GrantsUrl>([
    { tab: 'product', text: '' },
    { tab: 'principal', text: 'etl', key: 'arn:aws:iam::1:role/a b', id: '7' },
    { tab: 'drift', text: '', because: 'unexplained' },
    {
      tab: 'product',
      text: '',
      at: '2026-11-20',
      question: {
        kind: 'who',
        catalogId: '210987654321',
        region: 'eu-central-1',
        database: 'crm',
        table: 'profiles',
        column: 'email',
      },
    },
    {
      tab: 'product',
      text: '',
      question: { kind: 'what', principal: 'arn:aws:iam::1:role/a' },
    },
  ])('keeps %j', url => {
    expect(
      readGrantsUrl(new URLSearchParams(writeGrantsUrl(url).toString())),
    ).toEqual(url);
  });

  it('leaves out what is at its default', () => {
    expect(writeGrantsUrl({ tab: 'product', text: '' }).toString()).toBe('');
  });

  it.each(['tab=x', 'because=x', 'at=yesterday', 'table=t&database=d'])(
    'takes %s for nothing',
    text => {
      expect(readGrantsUrl(new URLSearchParams(text))).toEqual({
        tab: 'product',
        text: '',
      });
    },
  );
});
