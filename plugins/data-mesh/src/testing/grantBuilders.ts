import type {
  DriftItem,
  Grant,
  ScanStatus,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { inDays } from './builders';

/** A grant that an approved request explains. */
export function aScannedGrant(values: Partial<Grant> = {}): Grant {
  return {
    id: 'grant-1',
    targetId: 'lake-formation:210987654321/eu-central-1',
    accountId: '210987654321',
    grant: {
      principal: {
        id: 'arn:aws:iam::210987654321:role/analytics-role',
        kind: 'iam-role',
        name: 'analytics-role',
        accountId: '210987654321',
        accountAlias: 'acme',
      },
      resource: {
        kind: 'columns',
        words: 'columns `email` and `segment` of `crm.profiles`',
        catalogId: '210987654321',
        region: 'eu-central-1',
        database: 'crm',
        table: 'profiles',
        columns: ['email', 'segment'],
      },
      permissions: ['SELECT'],
      grantable: [],
    },
    because: {
      kind: 'entitlement',
      entitlementId: 'ent-1',
      requestId: 'req-1',
      requesterRef: 'user:default/ana.ruiz',
      since: inDays(-3),
      expiresAt: inDays(27),
    },
    productRefs: ['dataproduct:default/customer-360'],
    firstSeenAt: inDays(-3),
    lastSeenAt: inDays(0),
    ...values,
  };
}

/** A grant that nobody approved. */
export const anUnexplainedGrant = (values: Partial<Grant> = {}): Grant => {
  const grant = aScannedGrant(values);
  return {
    ...grant,
    id: values.id ?? 'grant-2',
    grant: {
      ...grant.grant,
      principal: {
        id: 'arn:aws:iam::210987654321:role/bi-legacy',
        kind: 'iam-role',
        name: 'bi-legacy',
        accountId: '210987654321',
      },
      resource: { words: 'all columns of `crm.profiles`', kind: 'table' },
      permissions: ['DESCRIBE', 'SELECT'],
    },
    because: { kind: 'unexplained' },
  };
};

/** A difference between decisions and AWS. */
export function aDriftItem(values: Partial<DriftItem> = {}): DriftItem {
  return {
    id: 'drift-1',
    kind: 'excess',
    words: '`bi-legacy` holds SELECT on `crm.profiles`',
    since: inDays(-2),
    accountId: '210987654321',
    grant: anUnexplainedGrant(),
    productRefs: ['dataproduct:default/customer-360'],
    actions: ['adopt', 'revoke'],
    ...values,
  };
}

/** One account that was scanned just now. */
export function someScans(
  values: Partial<ScanStatus['items'][number]> = {},
): ScanStatus {
  const scan = {
    id: 'scan-1',
    state: 'done' as const,
    startedAt: inDays(0),
    finishedAt: inDays(0),
    grants: 12_408,
    added: 2,
    changed: 0,
    removed: 1,
    calls: 38,
  };
  return {
    maySteer: true,
    items: [
      {
        target: {
          id: 'lake-formation:210987654321/eu-central-1',
          title: '210987654321 in eu-central-1',
          accountId: '210987654321',
          accountAlias: 'acme',
          region: 'eu-central-1',
        },
        grants: 12_408,
        last: scan,
        lastDone: scan,
        ...values,
      },
    ],
  };
}
