import type { Grant } from '@lakemesh/backstage-plugin-data-mesh-common';
import { aDriftItem, aScannedGrant, anUnexplainedGrant } from '../../testing';
import { driftMatrix } from './driftMatrix';
import { deedOf } from './driftWords';

const held = aScannedGrant();

/** A grant of which a part is approved. */
function andMore(part: Partial<Grant['grant']>, whole = held.grant) {
  return aDriftItem({
    grant: {
      ...held,
      grant: whole,
      because: {
        ...held.because,
        kind: 'approved-and-more',
        more: [{ ...held.grant, ...part }],
      },
    },
  });
}

describe('what was approved beside what is held', () => {
  const segment = { ...held.grant.resource, columns: ['segment'] };

  it('is told by columns, those of nobody first', () => {
    expect(driftMatrix(andMore({ resource: segment }))).toEqual({
      of: 'columns',
      rows: [
        { name: 'segment', approved: false },
        { name: 'email', approved: true },
      ],
      andApproved: false,
    });
  });

  it('does not invent columns where the whole table is held', () => {
    const { columns, ...table } = held.grant.resource;
    const whole = { ...held.grant, resource: table };
    expect(columns).toHaveLength(2);
    expect(driftMatrix(andMore({ resource: segment }, whole))).toEqual({
      of: 'columns',
      rows: [{ name: 'segment', approved: false }],
      andApproved: true,
    });
  });

  it('is told by rights where columns do not say it', () => {
    expect(
      driftMatrix(andMore({ permissions: [], grantable: ['SELECT'] })),
    ).toEqual({
      of: 'rights',
      rows: [
        {
          name: 'GRANT OPTION SELECT on columns `email` and `segment` of `crm.profiles`',
          approved: false,
        },
      ],
      andApproved: true,
    });
    expect(driftMatrix(aDriftItem({ grant: anUnexplainedGrant() }))).toEqual({
      of: 'rights',
      rows: [
        {
          name: 'DESCRIBE on all columns of `crm.profiles`',
          approved: false,
        },
        { name: 'SELECT on all columns of `crm.profiles`', approved: false },
      ],
      andApproved: false,
    });
  });

  it('is not told of what is missing', () => {
    expect(driftMatrix(aDriftItem({ kind: 'missing' }))).toBeUndefined();
  });
});

it.each<[string[], string[], string]>([
  [['DESCRIBE', 'SELECT'], [], 'reads'],
  [['DESCRIBE'], ['DESCRIBE'], 'sees'],
  [['ALL', 'SELECT'], [], 'everything'],
  [['SUPER'], [], 'everything'],
  [['INSERT', 'SELECT'], [], 'holds'],
  [[], ['SELECT'], 'passOn'],
])('of %j, to be passed on %j, it says: %s', (permissions, grantable, deed) => {
  expect(deedOf({ ...held.grant, permissions, grantable })).toBe(deed);
});
