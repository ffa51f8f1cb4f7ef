import { grantInWords } from './DriftRow';

describe('grantInWords', () => {
  it.each([
    ['sales.orders', undefined, 'sales.orders'],
    ['sales.orders', ['id'], 'sales.orders (id)'],
    ['sales.orders (id, email)', ['id', 'email'], 'sales.orders (id, email)'],
    // A part of the grant that the words are of.
    ['sales.orders (id, email)', ['email'], 'sales.orders (id, email) (email)'],
  ])('names the columns of %s (%j) once', (words, columns, said) => {
    expect(
      grantInWords({
        principal: { id: 'fake:ana', kind: 'other', name: 'ana' },
        resource: { words, columns },
        permissions: ['SELECT'],
        grantable: ['SELECT'],
        condition: "country = 'DE'",
      }),
    ).toBe(
      `ana holds SELECT on ${said}, may pass on SELECT, where country = 'DE'`,
    );
  });
});
