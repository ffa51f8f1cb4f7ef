import type {
  AccessRequest,
  DataProductEntity,
  Entitlement,
  EntitlementDetail,
  ExplainedGrant,
  Me,
  Plan,
  PlanStep,
  Principal,
  ProductGrants,
  ProductUsage,
  ProvisioningStep,
  RequestDetail,
  RequestPreview,
} from '@lakemesh/backstage-plugin-data-mesh-common';

const DAY = 24 * 60 * 60 * 1_000;

/** A moment some days from now, as the API writes it. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * DAY).toISOString();
}

export function aPrincipal(name = 'analytics-role'): Principal {
  return {
    id: `arn:aws:iam::210987654321:role/${name}`,
    kind: 'iam-role',
    name,
    accountId: '210987654321',
    accountAlias: 'acme-lakehouse',
  };
}

export function aProduct(
  over: {
    name?: string;
    title?: string;
    description?: string;
    namespace?: string;
    tags?: string[];
    spec?: Partial<DataProductEntity['spec']>;
  } = {},
): DataProductEntity {
  const { name = 'customer-360', title = 'Customer 360', spec } = over;
  const owner = spec?.owner ?? 'group:default/team-crm';
  const domain = spec?.domain ?? 'domain:default/sales';
  return {
    apiVersion: 'lakemesh.io/v1alpha1',
    kind: 'DataProduct',
    metadata: {
      namespace: over.namespace ?? 'default',
      name,
      title,
      uid: `uid-${name}`,
      description:
        over.description ??
        'One row a customer, deduplicated daily from CRM and web events.',
      tags: over.tags ?? ['customer'],
    },
    relations: [
      { type: 'ownedBy', targetRef: owner },
      { type: 'partOf', targetRef: domain },
    ],
    spec: {
      type: 'aggregate',
      lifecycle: 'active',
      version: '3.2.0',
      owner,
      domain,
      classification: 'restricted',
      support: { channel: '#team-crm', email: 'team-crm@acme.example' },
      outputPorts: [
        {
          name: 'profiles',
          title: 'Profiles',
          description: 'The current profile of each customer.',
          type: 'lake-formation',
          version: '3',
          location: {
            catalogId: '210987654321',
            region: 'eu-central-1',
            database: 'crm',
          },
          serviceLevels: [
            { name: 'freshness', value: '24 h' },
            { name: 'availability', value: '99.5 %' },
          ],
          tables: [
            {
              name: 'profiles',
              description: 'One row a customer.',
              columns: [
                {
                  name: 'customer_id',
                  type: 'bigint',
                  key: true,
                  description: 'Number of the customer.',
                },
                {
                  name: 'segment',
                  type: 'string',
                  description: 'Lifetime value band.',
                },
                {
                  name: 'customer_email',
                  type: 'string',
                  pii: true,
                  classification: 'restricted',
                  description: 'Address the customer last confirmed.',
                },
                {
                  name: 'country',
                  type: 'string',
                  partitionKey: true,
                  tags: ['iso-3166'],
                },
              ],
            },
          ],
        },
        {
          name: 'events',
          type: 'lake-formation',
          version: '2',
          location: {
            catalogId: '210987654321',
            region: 'eu-central-1',
            database: 'crm',
          },
          tables: [
            {
              name: 'profile_changes',
              columns: [
                { name: 'changed_at', type: 'timestamp' },
                { name: 'customer_id', type: 'bigint' },
              ],
            },
          ],
        },
      ],
      ...spec,
    },
  };
}

export function aPlanStep(over: Partial<PlanStep> = {}): PlanStep {
  return {
    id: 'grant-profiles',
    kind: 'lake-formation.grant',
    words: {
      text: 'Grant SELECT on `crm.profiles` (columns `customer_id` and `segment`) to `analytics-role`',
    },
    accountId: '210987654321',
    region: 'eu-central-1',
    needs: [],
    call: {
      service: 'lakeformation',
      operation: 'GrantPermissions',
      input: {
        Principal: {
          DataLakePrincipalIdentifier:
            'arn:aws:iam::210987654321:role/analytics-role',
        },
        Permissions: ['SELECT'],
      },
    },
    undo: {
      words: { text: 'Revoke SELECT on `crm.profiles` from `analytics-role`' },
      call: {
        service: 'lakeformation',
        operation: 'RevokePermissions',
        input: { Permissions: ['SELECT'] },
      },
    },
    ...over,
  };
}

export function aPlan(over: Partial<Plan> = {}): Plan {
  return {
    provisioner: 'lake-formation',
    topology: 'single-account',
    steps: [
      aPlanStep({
        id: 'describe-crm',
        words: { text: 'Grant DESCRIBE on database `crm` to `analytics-role`' },
      }),
      aPlanStep(),
    ],
    warnings: [],
    ...over,
  };
}

export function aStep(over: Partial<ProvisioningStep> = {}): ProvisioningStep {
  return {
    id: 'step-1',
    position: 0,
    direction: 'apply',
    state: 'done',
    attempts: 1,
    step: aPlanStep(),
    ...over,
  };
}

export function aRequest(over: Partial<AccessRequest> = {}): AccessRequest {
  return {
    id: 'req-1',
    groupId: 'group-1',
    kind: 'new',
    state: 'pending',
    version: 1,
    requesterRef: 'user:default/ana.ruiz',
    principal: aPrincipal(),
    principalVia: 'group:default/team-analytics',
    productRef: 'dataproduct:default/customer-360',
    productTitle: 'Customer 360',
    productVersion: '3.2.0',
    productOwnerRef: 'group:default/team-crm',
    domainRef: 'domain:default/sales',
    port: 'profiles',
    portTitle: 'Profiles',
    portType: 'lake-formation',
    portVersion: '3',
    scope: {
      level: 'read',
      tables: [{ table: 'profiles', columns: ['customer_id', 'segment'] }],
    },
    sensitiveColumns: [],
    purpose: 'marketing-analytics',
    justification: 'Churn model for Q1, German market only.',
    durationDays: 30,
    policy: {
      stages: [
        {
          name: 'owner',
          approvers: ['group:default/team-crm'],
          because: { text: 'team-crm owns Customer 360' },
        },
      ],
      refusals: [],
      maxDurationDays: 90,
      autoApproved: false,
    },
    stage: 0,
    createdAt: inDays(-2),
    updatedAt: inDays(-2),
    ...over,
  };
}

export function aRequestDetail(
  over: Partial<RequestDetail> = {},
): RequestDetail {
  return {
    ...aRequest(),
    plan: aPlan(),
    decisions: [],
    comments: [],
    revisions: [],
    actions: ['approve', 'reject', 'request-changes', 'comment'],
    existing: [],
    hiddenExisting: 0,
    ...over,
  };
}

export function anEntitlement(over: Partial<Entitlement> = {}): Entitlement {
  return {
    id: 'ent-1',
    requestId: 'req-1',
    state: 'active',
    version: 1,
    health: 'ok',
    requesterRef: 'user:default/ana.ruiz',
    principal: aPrincipal(),
    productRef: 'dataproduct:default/customer-360',
    productTitle: 'Customer 360',
    productOwnerRef: 'group:default/team-crm',
    domainRef: 'domain:default/sales',
    port: 'profiles',
    portType: 'lake-formation',
    scope: {
      level: 'read',
      tables: [{ table: 'profiles', columns: ['customer_id', 'segment'] }],
    },
    purpose: 'marketing-analytics',
    durationDays: 30,
    approvedBy: ['user:default/jo.lind'],
    createdAt: inDays(-5),
    updatedAt: inDays(-5),
    activatedAt: inDays(-5),
    expiresAt: inDays(25),
    ...over,
  };
}

export function anEntitlementDetail(
  over: Partial<EntitlementDetail> = {},
): EntitlementDetail {
  return {
    ...anEntitlement(),
    steps: [aStep()],
    actions: ['relinquish'],
    ...over,
  };
}

export function aGrant(over: Partial<ExplainedGrant> = {}): ExplainedGrant {
  return {
    port: 'profiles',
    grant: {
      principal: aPrincipal(),
      resource: {
        words: 'columns `customer_id` and `segment` of `crm.profiles`',
        database: 'crm',
        table: 'profiles',
        columns: ['customer_id', 'segment'],
      },
      permissions: ['SELECT'],
      grantable: [],
      updatedAt: inDays(-5),
    },
    because: {
      kind: 'entitlement',
      entitlementId: 'ent-1',
      requestId: 'req-1',
      requesterRef: 'user:default/ana.ruiz',
      approvedBy: ['user:default/jo.lind'],
      since: inDays(-5),
      expiresAt: inDays(25),
    },
    ...over,
  };
}

export function someGrants(over: Partial<ProductGrants> = {}): ProductGrants {
  return {
    productRef: 'dataproduct:default/customer-360',
    seenAt: new Date().toISOString(),
    items: [aGrant()],
    hidden: 0,
    missing: [],
    errors: [],
    ...over,
  };
}

export function aUsage(over: Partial<ProductUsage> = {}): ProductUsage {
  return {
    productRef: 'dataproduct:default/customer-360',
    consumers: 14,
    openRequests: 1,
    medianDecisionHours: 5,
    ...over,
  };
}

export function aMe(over: Partial<Me> = {}): Me {
  return {
    userRef: 'user:default/ana.ruiz',
    ownershipRefs: ['user:default/ana.ruiz', 'group:default/team-analytics'],
    principals: [
      { principal: aPrincipal(), via: 'group:default/team-analytics' },
    ],
    provisioners: [
      {
        portType: 'lake-formation',
        title: 'Lake Formation',
        capabilities: { columns: true, rowFilters: false, levels: ['read'] },
      },
    ],
    purposes: [
      { id: 'marketing-analytics', title: 'Marketing analytics' },
      { id: 'operations', title: 'Operations' },
    ],
    limits: { maxDurationDays: 365, defaultDurationDays: 30 },
    ...over,
  };
}

export function aPreview(over: Partial<RequestPreview> = {}): RequestPreview {
  return {
    problems: [],
    policy: aRequest().policy,
    plan: aPlan(),
    existing: [],
    hiddenExisting: 0,
    medianDecisionHours: 5,
    ...over,
  };
}
