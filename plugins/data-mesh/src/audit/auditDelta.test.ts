import type { AuditEvent } from '@lakemesh/backstage-plugin-data-mesh-common';
import { auditDelta, awsOf, wordsOf } from './auditDelta';

const anEvent = (values: Partial<AuditEvent>): AuditEvent => ({
  sequence: 2,
  id: 'event-2',
  at: '2026-11-20T09:00:00.000Z',
  actorRef: 'user:default/jo.lind',
  action: 'entitlement.amended',
  subject: 'entitlement:1',
  hash: 'h2',
  previousHash: 'h1',
  ...values,
});

const scope = (columns: string[], rowFilter?: string) => ({
  scope: {
    level: 'read',
    tables: [{ table: 'profiles', columns, ...(rowFilter && { rowFilter }) }],
  },
});

describe('the difference of an entry', () => {
  it('is what came, went and stayed of the columns', () => {
    expect(
      auditDelta(
        anEvent({
          before: scope(['id', 'language']),
          after: scope(['id', 'segment'], "country = 'DE'"),
        }),
      ),
    ).toEqual([
      { sign: 'add', words: '`segment` of `profiles`' },
      { sign: 'remove', words: '`language` of `profiles`' },
      { sign: 'keep', words: '`id` of `profiles`' },
      { sign: 'change', words: "rows where all → country = 'DE'" },
    ]);
  });

  it('is all of it where there was nothing, and what was taken away', () => {
    expect(
      auditDelta(anEvent({ action: 'request.created', after: scope(['id']) })),
    ).toEqual([{ sign: 'add', words: '`id` of `profiles`' }]);
    expect(
      auditDelta(
        anEvent({
          action: 'drift.revoked',
          after: {
            parts: [
              {
                permissions: ['SELECT'],
                resource: { words: 'column `country` of `profiles`' },
              },
            ],
          },
        }),
      ),
    ).toEqual([
      { sign: 'remove', words: 'SELECT on column `country` of `profiles`' },
    ]);
  });

  it('names values that are others now', () => {
    expect(
      auditDelta(
        anEvent({ before: { state: 'pending' }, after: { state: 'approved' } }),
      ),
    ).toEqual([{ sign: 'change', words: 'state: pending → approved' }]);
  });
});

it('tells the words of who decided, and what AWS was asked', () => {
  expect(wordsOf(anEvent({ after: { comment: 'Not needed' } }))).toBe(
    'Not needed',
  );
  expect(
    awsOf(
      anEvent({
        action: 'step.failed',
        after: {
          words: 'Grant SELECT',
          call: { service: 'LakeFormation', operation: 'GrantPermissions' },
          error: { code: 'AccessDenied', message: 'no' },
        },
      }),
    ),
  ).toBe('Grant SELECT · LakeFormation GrantPermissions · AccessDenied: no');
});
