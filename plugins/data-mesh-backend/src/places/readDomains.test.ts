import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject, JsonValue } from '@backstage/types';
import { readDomains } from './readDomains';

const read = (domains?: JsonValue) =>
  readDomains(
    mockServices.rootConfig({
      data: { dataMesh: domains === undefined ? {} : { domains } },
    }),
  );

const sales = (holds: JsonObject): JsonObject => ({
  domain: 'sales',
  holds: [holds],
});

describe('readDomains', () => {
  it('reads what each domain holds, with references in full', () => {
    expect(
      read([
        {
          domain: 'sales',
          teams: ['team-crm', 'group:shop/web'],
          holds: [
            { catalogId: '111111111111', region: 'r', database: 'sales_*' },
            { catalogId: '1', tag: { key: 'domain', values: ['sales'] } },
            { system: 'fake', catalogId: '1', database: 'a', table: 'b' },
          ],
        },
        { domain: 'domain:eu/finance' },
      ]),
    ).toEqual([
      {
        domainRef: 'domain:default/sales',
        teams: ['group:default/team-crm', 'group:shop/web'],
        holds: [
          {
            system: 'lake-formation',
            catalogId: '111111111111',
            region: 'r',
            database: 'sales_*',
          },
          {
            system: 'lake-formation',
            catalogId: '1',
            tag: { key: 'domain', values: ['sales'] },
          },
          { system: 'fake', catalogId: '1', database: 'a', table: 'b' },
        ],
      },
      { domainRef: 'domain:eu/finance', teams: [], holds: [] },
    ]);
    expect(read()).toEqual([]);
  });

  it.each<[string, JsonValue, string]>([
    [
      'a domain that is no reference',
      [{ domain: 'sales' }, { domain: 'domain:' }],
      "dataMesh.domains[1].domain is 'domain:', expected a reference like domain:default/sales",
    ],
    [
      'a reference of another kind',
      [{ domain: 'group:default/sales' }],
      "dataMesh.domains[0].domain is 'group:default/sales', expected a Domain like domain:default/sales",
    ],
    [
      'a team that is no group',
      [{ domain: 'sales', teams: ['a', 'user:default/b'] }],
      "dataMesh.domains[0].teams[1] is 'user:default/b', expected a Group",
    ],
    [
      'an unknown key of a domain',
      [{ domain: 'sales', places: [] }],
      "dataMesh.domains[0] has the unknown key 'places', expected only domain, teams, holds",
    ],
    [
      'an unknown key of a place',
      [sales({ catalogId: '1', databse: 'sales' })],
      "dataMesh.domains[0].holds[0] has the unknown key 'databse'",
    ],
    [
      'a place without a catalog',
      [sales({ database: 'sales' })],
      "'dataMesh.domains[0].holds[0].catalogId'",
    ],
    [
      'a catalog by a pattern',
      [sales({ catalogId: '2*' })],
      "dataMesh.domains[0].holds[0]: catalogId is '2*'",
    ],
    [
      'a table without its database',
      [sales({ catalogId: '1', table: 'orders' })],
      "dataMesh.domains[0].holds[0]: it names the table 'orders' without a database",
    ],
    [
      'a tag with a database',
      [
        sales({
          catalogId: '1',
          database: 'a',
          tag: { key: 'k', values: ['v'] },
        }),
      ],
      'dataMesh.domains[0].holds[0]: it names a tag and a database or table',
    ],
    [
      'a tag without values',
      [sales({ catalogId: '1', tag: { key: 'k', values: [] } })],
      'dataMesh.domains[0].holds[0]: tag.values is []',
    ],
    [
      'an unknown key of a tag',
      [sales({ catalogId: '1', tag: { key: 'k', value: 'v' } })],
      "dataMesh.domains[0].holds[0].tag has the unknown key 'value'",
    ],
    [
      'a pattern that is dear to compare',
      [sales({ catalogId: '1', database: '*a'.repeat(9) })],
      'dataMesh.domains[0].holds[0]: database is',
    ],
    [
      'a domain that is listed twice',
      [{ domain: 'sales' }, { domain: 'domain:default/sales' }],
      'dataMesh.domains[1] is about domain:default/sales, and so is dataMesh.domains[0]',
    ],
    [
      'the same place of two domains',
      [
        { domain: 'a', holds: [{ catalogId: '1', database: 'Sales' }] },
        {
          domain: 'b',
          holds: [
            { catalogId: '1', database: 'x' },
            { catalogId: '1', database: 'sales' },
          ],
        },
      ],
      'dataMesh.domains[1].holds[1] and dataMesh.domains[0].holds[0] are the same place, the database `sales`',
    ],
  ])('refuses %s', (_, domains, message) => {
    expect(() => read(domains)).toThrow(message);
  });
});
