import type {
  ClaimDetail,
  FactDifference,
  PublicationDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** A claim that waits for governance. */
export function aClaim(change: Partial<ClaimDetail> = {}): ClaimDetail {
  return {
    id: 'claim-1',
    state: 'pending',
    version: 1,
    domainRef: 'domain:default/sales',
    place: {
      system: 'lake-formation',
      catalogId: '210987654321',
      region: 'eu-central-1',
      database: 'shop_events',
    },
    words: 'the database `shop_events`',
    accountAlias: 'acme-lakehouse',
    reason: 'Team Shop writes it since the new checkout.',
    requesterRef: 'user:default/lea.brandt',
    waitsFor: ['group:default/governance'],
    createdAt: '2026-11-20T07:00:00.000Z',
    updatedAt: '2026-11-20T07:00:00.000Z',
    delta: [
      { sign: 'add', words: 'Sales decides who publishes its tables' },
      { sign: 'remove', words: 'Governance decides for it' },
      {
        sign: 'keep',
        words: '5 principals keep their access · 0 calls to AWS',
      },
    ],
    overlaps: [],
    contents: {
      checkedAt: '2026-11-20T08:00:00.000Z',
      tables: { count: 12, sample: ['clicks', 'orders'] },
      principals: {
        count: 5,
        explained: 3,
        sample: [
          {
            principal: {
              id: 'arn:aws:iam::210987654321:role/bi-dashboards-role',
              kind: 'iam-role',
              name: 'bi-dashboards-role',
              accountId: '210987654321',
            },
            words: 'reads all 12 tables',
          },
        ],
      },
      products: [
        {
          productRef: 'dataproduct:default/web-sessions',
          title: 'Web sessions',
          domainRef: 'domain:default/marketing',
          tables: ['clicks'],
        },
      ],
      unknown: [],
    },
    facts: [
      {
        tone: 'warning',
        title: 'Marketing has a product on it',
        detail: 'Web sessions names 1 table: `clicks`',
      },
    ],
    decisions: [],
    actions: ['accept', 'reject', 'request-changes'],
    ...change,
  };
}

/** A loosening that waits. */
export function aDifference(
  change: Partial<FactDifference> = {},
): FactDifference {
  return {
    id: 'pii:profiles.email',
    kind: 'column-pii',
    words: 'Stops calling `email` personal data',
    loosens: true,
    table: 'profiles',
    column: 'email',
    before: 'personal',
    after: 'not personal',
    effect: 'No data steward decides any more',
    danger: true,
    ...change,
  };
}

/** A port with two changes that wait. */
export function aPublication(
  change: Partial<PublicationDetail> = {},
): PublicationDetail {
  return {
    id: 'publication-1',
    productRef: 'dataproduct:default/customer-profiles',
    productTitle: 'Customer 360',
    productVersion: '3.3.0',
    ownerRef: 'group:default/team-crm',
    domainRef: 'domain:default/sales',
    port: 'profiles',
    portTitle: 'Profiles',
    state: 'change-pending',
    version: 4,
    requestable: true,
    waiting: 2,
    waitsFor: {
      approvers: ['group:default/governance'],
      because: 'the owner of the product owns its domain too',
      since: '2026-11-20T06:00:00.000Z',
    },
    updatedAt: '2026-11-20T06:00:00.000Z',
    differences: [
      aDifference(),
      aDifference({
        id: 'table:payroll',
        kind: 'table',
        words: 'Adds the table `payroll`',
        table: 'payroll',
        column: undefined,
        before: undefined,
        after: '3 columns',
        effect: undefined,
        danger: false,
      }),
    ],
    inForce: [],
    openRequests: 2,
    liveEntitlements: 1,
    decisions: [],
    actions: ['decide'],
    ...change,
  };
}
