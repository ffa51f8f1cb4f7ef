import { aScannedGrant, anUnexplainedGrant } from '../../testing';
import { joinGrants } from './joinGrants';

const describeTable = (
  values: Partial<ReturnType<typeof aScannedGrant>> = {},
) => {
  const one = aScannedGrant({ id: 'describe', ...values });
  return {
    ...one,
    grant: {
      ...one.grant,
      resource: {
        ...one.grant.resource,
        kind: 'table' as const,
        words: '`crm.profiles`',
        columns: undefined,
      },
      permissions: ['DESCRIBE'],
    },
  };
};

describe('grants as rows', () => {
  it('are one for a principal on a resource, without DESCRIBE beside SELECT', () => {
    const rows = joinGrants([
      describeTable(),
      aScannedGrant(),
      anUnexplainedGrant(),
    ]);
    expect(rows.map(({ grants }) => grants.map(({ id }) => id))).toEqual([
      ['describe', 'grant-1'],
      ['grant-2'],
    ]);
    expect(rows[0].told.map(({ id }) => id)).toEqual(['grant-1']);
    expect(rows[0].because.kind).toBe('entitlement');
    expect(rows[1].because).toEqual({ kind: 'unexplained' });
  });

  it('are approved and more where one line is approved and another is not', () => {
    const described = describeTable({ because: { kind: 'unexplained' } });
    const [row] = joinGrants([described, aScannedGrant()]);
    expect(row).toMatchObject({
      id: 'describe',
      because: {
        kind: 'approved-and-more',
        requestId: 'req-1',
        more: [described.grant],
      },
    });
    expect(row.told.map(({ id }) => id)).toEqual(['describe', 'grant-1']);
  });

  it('are apart on other tables', () => {
    const other = aScannedGrant({ id: 'other' });
    expect(
      joinGrants([
        aScannedGrant(),
        {
          ...other,
          grant: {
            ...other.grant,
            resource: { ...other.grant.resource, table: 'orders' },
          },
        },
      ]),
    ).toHaveLength(2);
  });
});
