import type { NewRequest } from '@lakemesh/backstage-plugin-data-mesh-common';
import { MESH_ACCOUNT } from '../emulator/meshSeed';

/** What somebody does to a request after it was made. */
export type StoryAct =
  | { as: string; act: 'approve'; comment?: string }
  | { as: string; act: 'reject' | 'request-changes'; comment: string }
  | { as: string; act: 'withdraw'; reason: string }
  | { as: string; act: 'revoke'; reason: string };

/** One request and what became of it. */
export interface StoryChapter {
  /** Part of the idempotency key: change it and the request is made again. */
  id: string;
  /** Name of the user who asks. */
  as: string;
  request: NewRequest;
  then: StoryAct[];
}

const role = (name: string, account: string = MESH_ACCOUNT) =>
  `arn:aws:iam::${account}:role/${name}`;

const ANALYTICS_ACCOUNT = '338822114471';

function ask(options: {
  product: string;
  port: string;
  tables: Record<string, string[] | 'all'>;
  /** Rows of a table, where not all are asked for. */
  rows?: Record<string, string>;
  role: string;
  account?: string;
  purpose: string;
  days: number;
  because: string;
}): NewRequest {
  return {
    productRef: `dataproduct:default/${options.product}`,
    port: options.port,
    scope: {
      level: 'read',
      tables: Object.entries(options.tables).map(([table, columns]) => ({
        table,
        ...(columns !== 'all' && { columns }),
        ...(options.rows?.[table] && { rowFilter: options.rows[table] }),
      })),
    },
    principals: [role(options.role, options.account)],
    purpose: options.purpose,
    durationDays: options.days,
    justification: options.because,
  };
}

/** Requests in every state, so that no page is empty on the first look. */
export const chapters: StoryChapter[] = [
  {
    id: 'orders-for-analytics',
    as: 'ben.adeyemi',
    request: ask({
      product: 'orders',
      port: 'daily',
      tables: {
        orders: ['order_id', 'ordered_at', 'net_amount', 'status'],
        order_lines: 'all',
      },
      role: 'analytics-role',
      purpose: 'analytics',
      days: 90,
      because: 'Weekly sales report for all divisions.',
    }),
    then: [{ as: 'eva.novak', act: 'approve', comment: 'As agreed.' }],
  },
  {
    id: 'profiles-for-marketing',
    as: 'mei.tanaka',
    request: ask({
      product: 'customer-360',
      port: 'profiles',
      tables: {
        customer_profiles: ['customer_id', 'customer_email', 'segment'],
      },
      role: 'marketing-role',
      purpose: 'marketing-analytics',
      days: 60,
      because: 'Win-back campaign for dormant customers who gave consent.',
    }),
    then: [
      { as: 'jo.lind', act: 'approve' },
      {
        as: 'kim.osei',
        act: 'approve',
        comment: 'Consent is checked before each send.',
      },
    ],
  },
  {
    id: 'carrier-scorecard-ends-soon',
    as: 'ana.ruiz',
    request: ask({
      product: 'carrier-performance',
      port: 'scorecard',
      tables: { carrier_scorecard: 'all' },
      role: 'analytics-role',
      purpose: 'analytics',
      days: 2,
      because: 'One comparison for the carrier talks on Thursday.',
    }),
    then: [{ as: 'luis.prado', act: 'approve' }],
  },
  {
    // Catalog in one account, principal in another: shared and linked.
    id: 'shipments-for-notebooks',
    as: 'priya.nair',
    request: ask({
      product: 'shipments',
      port: 'tracking',
      tables: {
        shipments: ['shipment_id', 'order_id', 'promised_on', 'delivered_at'],
      },
      role: 'churn-notebooks',
      account: ANALYTICS_ACCOUNT,
      purpose: 'machine-learning',
      days: 90,
      because: 'Late parcels as a reason to leave, in the churn model.',
    }),
    then: [{ as: 'luis.prado', act: 'approve' }],
  },
  {
    id: 'german-orders-for-marketing',
    as: 'mei.tanaka',
    request: ask({
      product: 'orders',
      port: 'daily',
      tables: { orders: ['order_id', 'ordered_at', 'net_amount', 'status'] },
      rows: { orders: "shipping_country = 'DE'" },
      role: 'marketing-role',
      purpose: 'marketing-analytics',
      days: 60,
      because: 'Which campaigns bring orders in Germany?',
    }),
    then: [],
  },
  {
    id: 'catalogue-public-data',
    as: 'tom.weber',
    request: ask({
      product: 'product-catalogue',
      port: 'articles',
      tables: { articles: 'all', price_history: 'all' },
      role: 'finance-role',
      purpose: 'reporting',
      days: 365,
      because: 'Margins by article.',
    }),
    then: [],
  },
  {
    id: 'segments-for-churn',
    as: 'priya.nair',
    request: ask({
      product: 'customer-360',
      port: 'profiles',
      tables: { customer_segments: 'all' },
      role: 'data-science-role',
      purpose: 'machine-learning',
      days: 60,
      because: 'Segment history as a feature of the churn model.',
    }),
    then: [],
  },
  {
    id: 'pipeline-for-finance',
    as: 'ines.moreau',
    request: ask({
      product: 'cross-channel-pipeline-and-opportunity-conversion-history',
      port: 'opportunity-history',
      tables: {
        opportunities: ['opportunity_id', 'stage', 'amount_eur', 'probability'],
      },
      role: 'finance-role',
      purpose: 'reporting',
      days: 30,
      because: 'Expected revenue of the next two quarters.',
    }),
    then: [],
  },
  {
    id: 'campaigns-for-analytics',
    as: 'ana.ruiz',
    request: ask({
      product: 'campaign-results',
      port: 'results',
      tables: { campaign_daily: 'all', campaigns: 'all' },
      role: 'analytics-role',
      purpose: 'analytics',
      days: 90,
      because: 'What a new customer costs, by channel.',
    }),
    then: [],
  },
  {
    id: 'orders-for-logistics',
    as: 'luis.prado',
    request: ask({
      product: 'orders',
      port: 'daily',
      tables: {
        orders: ['order_id', 'customer_email', 'shipping_country', 'status'],
      },
      role: 'logistics-role',
      purpose: 'operations',
      days: 90,
      because: 'Tell customers about a late parcel.',
    }),
    then: [{ as: 'eva.novak', act: 'approve' }],
  },
  {
    id: 'profiles-for-support',
    as: 'omar.haddad',
    request: ask({
      product: 'customer-360',
      port: 'profiles',
      tables: {
        customer_profiles: [
          'customer_id',
          'first_name',
          'last_name',
          'customer_email',
          'phone_number',
          'postal_address',
        ],
      },
      role: 'support-role',
      purpose: 'customer-service',
      days: 90,
      because: 'Recognise the customer on the phone.',
    }),
    then: [
      {
        as: 'jo.lind',
        act: 'request-changes',
        comment:
          'The helpdesk shows the address already. Please ask without phone number and address.',
      },
    ],
  },
  {
    id: 'ledger-for-models',
    as: 'priya.nair',
    request: ask({
      product: 'ledger-entries',
      port: 'entries',
      tables: {
        ledger_entries: ['posting_date', 'account_number', 'amount_eur'],
      },
      role: 'data-science-role',
      purpose: 'reporting',
      days: 30,
      because: 'Cash flow model, first try.',
    }),
    then: [
      {
        as: 'tom.weber',
        act: 'reject',
        comment:
          'Single postings are not needed for this. The revenue forecast has the months.',
      },
    ],
  },
  {
    id: 'stock-for-web',
    as: 'yusuf.kaya',
    request: ask({
      product: 'inventory-levels',
      port: 'stock',
      tables: { inventory_daily: ['sku', 'stock_date', 'out_of_stock'] },
      role: 'web-role',
      purpose: 'analytics',
      days: 30,
      because: 'Do visitors leave when an article is out of stock?',
    }),
    then: [
      {
        as: 'yusuf.kaya',
        act: 'withdraw',
        reason: 'The web shop writes it into the sessions already.',
      },
    ],
  },
  {
    // The catalog names a role that IAM does not have: Lake Formation refuses.
    id: 'sessions-for-sandbox',
    as: 'priya.nair',
    request: ask({
      product: 'web-sessions',
      port: 'sessions',
      tables: { page_views: ['page_view_id', 'viewed_at', 'page_type'] },
      role: 'priya-nair-sandbox',
      purpose: 'machine-learning',
      days: 30,
      because: 'Sequence model of page types, in my own sandbox.',
    }),
    then: [{ as: 'yusuf.kaya', act: 'approve' }],
  },
  {
    id: 'returns-for-closing',
    as: 'ines.moreau',
    request: ask({
      product: 'orders',
      port: 'returns',
      tables: { returns: ['return_id', 'order_id', 'refund_amount'] },
      role: 'finance-closing-role',
      purpose: 'reporting',
      days: 60,
      because: 'Accruals for returns in the yearly closing.',
    }),
    then: [
      { as: 'eva.novak', act: 'approve' },
      { as: 'eva.novak', act: 'revoke', reason: 'The closing is done.' },
    ],
  },
];
