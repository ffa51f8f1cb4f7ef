import type { RequestDraft } from '@lakemesh/backstage-plugin-data-mesh-common';
import { aProduct, aRequest } from '../../testing/meshFixture';
import { eachRequestProblems, type DraftFacts } from './validateRequest';

function facts(change: Partial<DraftFacts> = {}): DraftFacts {
  return {
    product: aProduct(),
    provisioner: {
      title: 'Fake lake',
      capabilities: { columns: true, rowFilters: true, levels: ['read'] },
      portProblems: [],
    },
    principals: [{ readable: true, allowed: true }],
    purposes: [{ id: 'analytics', title: 'Analytics' }],
    maxDurationDays: 365,
    sensitiveColumns: [],
    ...change,
  };
}

function scope(table: object): Partial<RequestDraft> {
  return { scope: { level: 'read', tables: [{ table: 'orders', ...table }] } };
}

const wholeTablesOnly = {
  title: 'Fake lake',
  capabilities: {
    columns: false,
    rowFilters: false,
    levels: ['read' as const],
  },
  portProblems: [],
};

const validateRequest = (...asked: Parameters<typeof eachRequestProblems>) =>
  [...eachRequestProblems(...asked)].flat();

describe('validateRequest', () => {
  it('finds nothing wrong with a request that is fine', () => {
    expect(validateRequest(aRequest(), facts(), { complete: true })).toEqual(
      [],
    );
  });

  it.each<[string, Partial<RequestDraft>, Partial<DraftFacts>, string, RegExp]>(
    [
      [
        'a port that nothing serves',
        {},
        { provisioner: undefined },
        'port',
        /nothing is installed .* 'fake'/,
      ],
      [
        'a port that is not set up right',
        {},
        {
          provisioner: {
            ...wholeTablesOnly,
            capabilities: { columns: true, rowFilters: true, levels: ['read'] },
            portProblems: [{ field: 'location.region', reason: 'is missing' }],
          },
        },
        'port',
        /location\.region is missing/,
      ],
      [
        'columns where whole tables are granted only',
        {},
        { provisioner: wholeTablesOnly },
        'scope.tables[0].columns',
        /whole tables only/,
      ],
      [
        'no columns chosen',
        scope({ columns: [] }),
        {},
        'scope.tables[0].columns',
        /no column is chosen/,
      ],
      [
        'an empty row filter',
        scope({ rowFilter: ' ' }),
        {},
        'scope.tables[0].rowFilter',
        /is empty/,
      ],
      [
        'no table chosen',
        { scope: { level: 'read', tables: [] } },
        {},
        'scope.tables',
        /no table is chosen/,
      ],
      [
        'a table named twice',
        {
          scope: {
            level: 'read',
            tables: [{ table: 'orders' }, { table: 'orders' }],
          },
        },
        {},
        'scope.tables',
        /'orders' is named more than once/,
      ],
      [
        'a tag expression',
        {
          scope: {
            level: 'read',
            tables: [{ table: 'orders' }],
            tagExpression: [{ key: 'domain', values: ['sales'] }],
          },
        },
        {},
        'scope.tagExpression',
        /not offered/,
      ],
      [
        'a column far from any name',
        scope({ columns: ['temperature'] }),
        {},
        'scope.tables[0].columns',
        /there are 'order_id', 'amount', 'ordered_at'/,
      ],
      [
        'a principal named twice',
        { principals: ['fake:a', 'fake:a'] },
        {
          principals: [
            { readable: true, allowed: true },
            { readable: true, allowed: true },
          ],
        },
        'principals',
        /'fake:a' is named more than once/,
      ],
      [
        'any purpose where the product allows none',
        {},
        { product: aProduct({ spec: { access: { purposes: [] } } }) },
        'purpose',
        /nor any other purpose/,
      ],
      [
        'half a day',
        { durationDays: 0.5 },
        {},
        'durationDays',
        /0.5 is no number of days/,
      ],
      [
        'personal data with an empty justification',
        { justification: ' ' },
        { sensitiveColumns: ['customers.email', 'customers.phone'] },
        'justification',
        /'customers\.email', 'customers\.phone' are personal data/,
      ],
    ],
  )('refuses %s', (_, change, known, field, reason) => {
    const problems = validateRequest(
      { ...aRequest(), ...change },
      facts(known),
      { complete: true },
    );
    expect(problems).toEqual([
      { field, reason: expect.stringMatching(reason) },
    ]);
  });

  it('misses no field of a draft that is still being filled in', () => {
    const { productRef } = aRequest();
    const known = facts({ principals: [] });
    expect(validateRequest({ productRef }, known, { complete: false })).toEqual(
      [],
    );
    expect(
      validateRequest({ productRef }, known, { complete: true }).map(
        one => one.field,
      ),
    ).toEqual(['port', 'scope', 'purpose', 'durationDays', 'principals']);
  });

  it('asks for no justification before one is written', () => {
    const draft = { ...aRequest(), justification: undefined };
    const known = facts({ sensitiveColumns: ['customers.email'] });
    expect(validateRequest(draft, known, { complete: false })).toEqual([]);
  });
});
