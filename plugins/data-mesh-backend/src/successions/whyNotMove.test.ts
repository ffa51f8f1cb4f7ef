import {
  factsOf,
  type AccessScope,
  type PortFacts,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { aProduct } from '../testing/meshFixture';
import { whyNotMove } from './whyNotMove';

const NOW = new Date('2026-11-29T12:00:00.000Z');
const inDays = (days: number) =>
  new Date(NOW.getTime() + days * 864e5).toISOString();

const product = aProduct();
const lost = factsOf(product, product.spec.outputPorts[0]);
const amounts: AccessScope = {
  level: 'read',
  tables: [{ table: 'orders', columns: ['order_id', 'amount'] }],
};
const all: AccessScope = { level: 'read', tables: [], allTables: true };

/** The same facts under another name, changed. */
function changed(change: (facts: PortFacts) => void): PortFacts {
  const facts = JSON.parse(JSON.stringify(lost)) as PortFacts;
  change(facts);
  return facts;
}

const reasons = (
  successor: PortFacts,
  access: Partial<Parameters<typeof whyNotMove>[0]> = {},
  options: { lost?: PortFacts; holdsATag?: boolean } = {},
) =>
  whyNotMove(
    {
      scope: amounts,
      purpose: 'analytics',
      durationDays: 30,
      expiresAt: inDays(20),
      ...access,
    },
    { lost, holdsATag: true, ...options, successor },
    NOW,
  );

describe('why access cannot go over to a successor', () => {
  it('is nothing where all is the same but names, owner and domain', () => {
    expect(
      reasons(
        changed(facts => {
          facts.ownerRef = 'group:default/others';
          facts.domainRef = 'domain:default/others';
        }),
      ),
    ).toEqual([]);
  });

  it('is nothing where less is protected: what was approved stays', () => {
    expect(
      reasons(
        changed(facts => {
          facts.tables.customers.columns.email.pii = false;
        }),
        { scope: all },
      ),
    ).toEqual([]);
  });

  it('is a column that is personal data there, where the access reads it', () => {
    const stricter = changed(facts => {
      facts.tables.orders.columns.amount.pii = true;
    });
    expect(reasons(stricter)).toEqual([expect.stringContaining('`amount`')]);
    expect(reasons(stricter, { scope: all })).toHaveLength(1);
    expect(
      reasons(stricter, {
        scope: {
          level: 'read',
          tables: [{ table: 'orders', columns: ['order_id'] }],
        },
      }),
    ).toEqual([]);
    // It may be what the rows are filtered by.
    expect(
      reasons(stricter, {
        scope: {
          level: 'read',
          tables: [
            { table: 'orders', columns: ['order_id'], rowFilter: 'amount > 1' },
          ],
        },
      }),
    ).toHaveLength(1);
  });

  it.each([
    ['amount', 1],
    ['orders.amount', 1],
    ['customers.amount', 0],
    ['orders.ordered_at', 0],
  ])('is %s, where it is never shared there, %i times', (name, times) => {
    expect(
      reasons(changed(facts => facts.neverShared.push(name))),
    ).toHaveLength(times);
  });

  it('is a never shared column that nobody declares, of a table read whole', () => {
    const stricter = changed(facts => facts.neverShared.push('orders.card'));
    expect(
      reasons(stricter, {
        scope: { level: 'read', tables: [{ table: 'orders' }] },
      }),
    ).toEqual(['Never shares `orders.card`']);
  });

  it('is a purpose that is not allowed there, and was before', () => {
    const stricter = changed(facts => {
      facts.purposes = ['audit'];
    });
    expect(reasons(stricter)).toEqual([
      'Does not allow the purpose `analytics`',
    ]);
    expect(reasons(stricter, { purpose: 'audit' })).toEqual([]);
    // Lost to a limit that its own product had already.
    expect(reasons(stricter, {}, { lost: stricter })).toEqual([]);
  });

  it('is a limit below the days that are left', () => {
    const stricter = changed(facts => {
      facts.maxDurationDays = 10;
    });
    expect(reasons(stricter)).toEqual(['Lets access last 10 days at most']);
    expect(reasons(stricter, { expiresAt: inDays(9) })).toEqual([]);
    expect(reasons(stricter, { expiresAt: undefined })).toHaveLength(1);
  });

  it('is a tag expression of which the domain holds no tag', () => {
    const byTags: AccessScope = {
      level: 'read',
      tables: [],
      tagExpression: [{ key: 'domain', values: ['sales'] }],
    };
    expect(reasons(lost, { scope: byTags })).toEqual([]);
    expect(reasons(lost, { scope: byTags }, { holdsATag: false })).toHaveLength(
      1,
    );
    expect(reasons(lost, {}, { holdsATag: false })).toEqual([]);
  });
});
