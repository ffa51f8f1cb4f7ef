import { matchQuality } from './matchQuality';
import { normalize } from './normalize';

describe('matchQuality', () => {
  it('prefers the whole name, then a whole part, then the start of a part, then the inside', () => {
    const qualities = [
      'email',
      'customer_email',
      'emails_sent',
      'remailed',
    ].map(term => matchQuality(term, 'email'));
    expect(qualities).toEqual([...qualities].sort((a, b) => b - a));
    expect(new Set(qualities).size).toBe(4);
    expect(matchQuality('phone', 'email')).toBe(0);
  });

  it('looks at every place, not only the first', () => {
    expect(matchQuality('remailed_email', 'email')).toBe(
      matchQuality('customer_email', 'email'),
    );
  });
});

describe('normalize', () => {
  it.each([
    ['customerEmail', 'customer_email'],
    ['CustomerEMail', 'customer_e_mail'],
    ['HTTPStatus2Code', 'http_status2_code'],
    ['  net-revenue (EUR)', 'net_revenue_eur'],
    ['Größe', 'große'],
    ['данные', 'данные'],
    ['---', ''],
  ])('%s → %s', (text, expected) => {
    expect(normalize(text)).toBe(expected);
  });
});
