import { ACCOUNT, DATABASE, REGION, aPort } from '../__testUtils__/builders';
import { checkPortLocation, readPortLocation } from './PortLocation';

const noDefault = () => undefined;

describe('location of a port', () => {
  it('is read with the account of its catalog', () => {
    expect(readPortLocation(aPort(), noDefault)).toEqual({
      catalogId: ACCOUNT,
      accountId: ACCOUNT,
      region: REGION,
      database: DATABASE,
    });
  });

  it('takes the account of a nested catalog from its first part', () => {
    const catalogId = `${ACCOUNT}:s3tablescatalog/bucket`;
    expect(readPortLocation(aPort(['t'], { catalogId }), noDefault)).toEqual(
      expect.objectContaining({ catalogId, accountId: ACCOUNT }),
    );
  });

  it('takes the region of the account where the port names none', () => {
    expect(
      readPortLocation(aPort(['t'], { region: '' }), () => 'us-east-1').region,
    ).toBe('us-east-1');
  });

  it('takes the database as Glue spells it', () => {
    expect(
      readPortLocation(aPort(['t'], { database: 'Sales' }), noDefault).database,
    ).toBe('sales');
  });

  it.each([
    [aPort(['t'], { catalogId: '' }), 'location.catalogId', /is missing/],
    [
      aPort(['t'], { catalogId: '42' }),
      'location.catalogId',
      /'42'.*12 digits/,
    ],
    [aPort(['t'], { region: 'mars' }), 'location.region', /'mars'/],
    [
      aPort(['t'], { region: '' }),
      'location.region',
      /is missing, and dataMesh.lakeFormation.accounts names no region/,
    ],
    [aPort(['t'], { database: '' }), 'location.database', /is missing/],
    [
      aPort(['t'], { database: 'x'.repeat(256) }),
      'location.database',
      /256 characters/,
    ],
    [aPort([]), 'tables', /is empty/],
    [aPort(['t', 'T']), 'tables[1].name', /'T' is there twice/],
  ])('refuses %#', (port, field, reason) => {
    expect(checkPortLocation(port, noDefault)).toEqual([
      { field, reason: expect.stringMatching(reason) },
    ]);
    expect(() => readPortLocation(port, noDefault)).toThrow(
      `${field} of port 'lake'`,
    );
  });
});
