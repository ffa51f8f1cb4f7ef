import { Entity } from '@backstage/catalog-model';
import type {
  DataProductColumn,
  DataProductEntity,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  aGrant,
  anEntitlementDetail,
  aPlanStep,
  aPrincipal,
  aProduct,
  aRequestDetail,
  aStep,
  aUsage,
  FakeDataMeshApi,
  inDays,
  someGrants,
  someTags,
} from '../src/testing';

type Draft = [
  name: string,
  title: string,
  domain: string,
  owner: string,
  description: string,
  columns: string,
  spec?: Partial<DataProductEntity['spec']>,
];

const drafts: Draft[] = [
  [
    'newsletter-subscriptions',
    'Newsletter subscriptions',
    'marketing',
    'team-campaigns',
    'Opt-ins and opt-outs by channel, with their legal basis.',
    'subscription_id email_hash channel opted_in_at legal_basis',
    { classification: 'internal', version: '1.0.4' },
  ],
  [
    'support-conversations',
    'Support conversations',
    'sales',
    'team-support',
    'Tickets and messages, pseudonymised, with sentiment. The customer and the email address are hashed.',
    'ticket_id customer_hash opened_at sentiment',
    { version: '2.1.0' },
  ],
  [
    'web-sessions',
    'Web sessions',
    'marketing',
    'team-web',
    'Sessions and page views joined to known customers.',
    'session_id visitor_id started_at pages country',
    { classification: 'internal', version: '5.0.0' },
  ],
  [
    'orders',
    'Orders',
    'sales',
    'team-crm',
    'Every order with its lines, from the shop and from the stores.',
    'order_id customer_id ordered_at amount currency status',
    { classification: 'internal', version: '1.4.1', type: 'source-aligned' },
  ],
  [
    'ledger',
    'General ledger',
    'finance',
    'controllers',
    'Postings of all companies since 2019.',
    'posting_id account_id booked_at amount currency',
    { classification: 'confidential' },
  ],
  [
    'ledger-2015',
    'General ledger 2015 to 2018',
    'finance',
    'controllers',
    'The old ledger. Use General ledger.',
    'posting_id account amount',
    { classification: 'confidential', lifecycle: 'deprecated' },
  ],
  [
    'store-locations',
    'Store locations',
    'operations',
    'team-stores',
    'All stores with address, opening hours and coordinates.',
    'store_id city country latitude longitude',
    { classification: 'public', type: 'source-aligned' },
  ],
  [
    'churn-scores-for-the-whole-of-europe-and-some-countries-beyond-it',
    'Churn scores for the whole of Europe and some countries beyond it',
    'marketing',
    'team-analytics',
    'Likelihood that a customer leaves within 90 days. Trained weekly on profiles, orders and conversations, calibrated by market, and compared every month with who really left; see the model card for what it must not be used for.',
    'customer_id churn_score model_version scored_at',
    { type: 'consumer-aligned', lifecycle: 'draft' },
  ],
];

function columnsOf(names: string): DataProductColumn[] {
  return names.split(' ').map(name => ({ name, type: 'string' }));
}

const many: DataProductColumn[] = Array.from({ length: 5_000 }, (_, at) => ({
  name: `metric_${String(at).padStart(4, '0')}`,
  type: at % 7 ? 'double' : 'struct<value:double,unit:string,at:timestamp>',
  description: at % 3 ? undefined : `Reading number ${at} of the machine.`,
  pii: at % 500 === 0,
}));

export const products: DataProductEntity[] = [
  aProduct({
    spec: { access: { neverShared: ['profiles.birth_date'] } },
  }),
  ...drafts.map(([name, title, domain, owner, description, columns, spec]) =>
    aProduct({
      name,
      title,
      description,
      tags: [domain, name.includes('ledger') ? 'accounting' : 'customer'],
      spec: {
        domain: `domain:default/${domain}`,
        owner: `group:default/${owner}`,
        outputPorts: [
          {
            name: 'daily',
            type: 'lake-formation',
            version: '1',
            location: {
              catalogId: '210987654321',
              region: 'eu-central-1',
              database: name.replace(/-/g, '_').slice(0, 24),
            },
            tables: [
              { name: name.replace(/-/g, '_'), columns: columnsOf(columns) },
            ],
          },
        ],
        ...spec,
      },
    }),
  ),
  aProduct({
    name: 'machine-telemetry',
    title: 'Machine telemetry',
    description: 'Five thousand readings of each machine, every minute.',
    tags: ['iot'],
    spec: {
      domain: 'domain:default/operations',
      owner: 'group:default/team-stores',
      classification: 'internal',
      outputPorts: [
        {
          name: 'raw',
          type: 'lake-formation',
          location: {
            catalogId: '210987654321',
            region: 'eu-central-1',
            database: 'telemetry',
          },
          tables: [{ name: 'readings', columns: many }],
        },
      ],
    },
  }),
];

const titles: Record<string, string> = {
  sales: 'Sales',
  marketing: 'Marketing',
  finance: 'Finance',
  operations: 'Operations',
};

export const entities: Entity[] = [
  ...products,
  ...Object.entries(titles).map(([name, title]) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Domain',
    metadata: { namespace: 'default', name, title },
    relations: [
      {
        type: 'ownedBy',
        targetRef: `group:default/${
          name === 'marketing' ? 'team-analytics' : `team-${name}`
        }`,
      },
    ],
    spec: { owner: `group:default/team-${name}` },
  })),
];

/** A backend with something in every state. */
export function fakeBackend(): FakeDataMeshApi {
  const api = new FakeDataMeshApi();
  api.tags = someTags();
  api.me = {
    ...api.me,
    ownershipRefs: [...api.me.ownershipRefs, 'group:default/team-crm'],
  };
  api.usage = [
    aUsage({
      myEntitlement: { id: 'ent-1', state: 'active', expiresAt: inDays(25) },
    }),
    aUsage({
      productRef: 'dataproduct:default/support-conversations',
      consumers: 6,
      myRequest: { id: 'req-1', state: 'pending', createdAt: inDays(-0.2) },
    }),
    aUsage({ productRef: 'dataproduct:default/web-sessions', consumers: 22 }),
    aUsage({ productRef: 'dataproduct:default/orders', consumers: 31 }),
    aUsage({ productRef: 'dataproduct:default/ledger', consumers: 4 }),
  ];
  const running = aStep({
    id: 's2',
    position: 1,
    state: 'waiting',
    attempts: 2,
    nextAttemptAt: inDays(0.0002),
    lastError: {
      code: 'ThrottlingException',
      message: 'Rate exceeded',
      kind: 'throttled',
      at: inDays(0),
    },
  });
  api.entitlements = [
    anEntitlementDetail(),
    anEntitlementDetail({
      id: 'ent-2',
      principal: aPrincipal('bi-dashboards'),
      expiresAt: inDays(9),
      scope: { level: 'read', tables: [{ table: 'profiles' }] },
    }),
    anEntitlementDetail({
      id: 'ent-3',
      principal: aPrincipal(
        'AWSReservedSSO_marketing-analytics-power-user_0123456789abcdef',
      ),
      state: 'provisioning',
      activatedAt: undefined,
      expiresAt: undefined,
      approvedBy: [],
      steps: [
        aStep({
          step: aPlanStep({ words: { text: 'Grant DESCRIBE on `crm`' } }),
        }),
        running,
        aStep({ id: 's3', position: 2, state: 'pending', attempts: 0 }),
      ],
    }),
    anEntitlementDetail({
      id: 'ent-4',
      principal: aPrincipal('risk-role'),
      state: 'failed',
      failedFrom: 'provisioning',
      actions: ['retry', 'revoke'],
      error: {
        code: 'AccessDeniedException',
        message: 'Insufficient Lake Formation permission(s) on profiles',
        kind: 'permanent',
        advice:
          'Make the role of the portal a data lake administrator of `acme-lakehouse`, then try again.',
        at: inDays(-1),
      },
      steps: [
        aStep({
          state: 'failed',
          attempts: 3,
          lastError: {
            code: 'AccessDeniedException',
            message: 'Insufficient Lake Formation permission(s) on profiles',
            kind: 'permanent',
            advice:
              'Make the role of the portal a data lake administrator of `acme-lakehouse`, then try again.',
            at: inDays(-1),
          },
        }),
      ],
      activatedAt: undefined,
      expiresAt: inDays(2),
    }),
  ];
  api.requests = [
    aRequestDetail({
      sensitiveColumns: ['customer_email'],
      scope: {
        level: 'read',
        tables: [
          {
            table: 'profiles',
            columns: ['customer_id', 'segment', 'customer_email'],
          },
        ],
      },
    }),
    aRequestDetail({
      id: 'req-2',
      state: 'changes-requested',
      requesterRef: 'user:default/tom.weber',
      principal: aPrincipal('etl-orders'),
      createdAt: inDays(-0.3),
    }),
  ];
  api.grants = someGrants({
    items: [
      aGrant(),
      aGrant({
        grant: {
          ...aGrant().grant,
          principal: aPrincipal('crm-etl'),
          permissions: ['ALL'],
          grantable: ['ALL'],
          resource: { words: 'table `crm.profiles`' },
        },
        because: { kind: 'before-us', since: inDays(-400) },
      }),
      aGrant({
        grant: {
          ...aGrant().grant,
          principal: aPrincipal('bi-legacy'),
          resource: { words: 'all columns of `crm.profiles`' },
        },
        because: { kind: 'unexplained', since: inDays(-3) },
      }),
      aGrant({
        grant: {
          ...aGrant().grant,
          principal: {
            id: 'IAM_ALLOWED_PRINCIPALS',
            kind: 'special',
            name: 'IAM allowed principals',
          },
          permissions: ['ALL'],
          resource: { words: 'table `crm.profile_changes`' },
        },
        because: {
          kind: 'unrestricted',
          words: 'IAM alone decides who reads this table',
        },
      }),
    ],
  });
  return api;
}
