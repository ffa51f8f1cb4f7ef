import type { ProductUsage } from '../client/types.generated';
import type { DataProductColumn, DataProductEntity } from '../model';
import { createProductIndex } from './productIndex';
import { ProductQuery, searchProducts } from './searchProducts';

function product(
  name: string,
  over: {
    title?: string;
    description?: string;
    tags?: string[];
    columns?: Array<string | DataProductColumn>;
    spec?: Partial<DataProductEntity['spec']>;
  } = {},
): DataProductEntity {
  return {
    apiVersion: 'lakemesh.io/v1alpha1',
    kind: 'DataProduct',
    metadata: {
      namespace: 'default',
      name,
      title: over.title,
      description: over.description,
      tags: over.tags,
    },
    spec: {
      type: 'aggregate',
      lifecycle: 'active',
      version: '1.0.0',
      owner: 'team-crm',
      domain: 'sales',
      classification: 'internal',
      outputPorts: [
        {
          name: 'daily',
          type: 'lake-formation',
          location: {},
          tables: [
            {
              name: 'facts',
              columns: (over.columns ?? []).map(column =>
                typeof column === 'string'
                  ? { name: column, type: 'string' }
                  : column,
              ),
            },
          ],
        },
      ],
      ...over.spec,
    },
  };
}

function usageOf(
  entries: Record<string, Partial<ProductUsage>>,
): Map<string, ProductUsage> {
  return new Map(
    Object.entries(entries).map(([name, one]) => {
      const productRef = `dataproduct:default/${name}`;
      return [
        productRef,
        { productRef, consumers: 0, openRequests: 0, ...one },
      ];
    }),
  );
}

const mesh = [
  product('customer-360', {
    title: 'Customer 360',
    description: 'One row a customer, deduplicated from CRM and web events.',
    tags: ['customer', 'gdpr'],
    columns: [
      { name: 'customer_email', type: 'string', pii: true },
      {
        name: 'ltv',
        type: 'decimal',
        description: 'Lifetime value of the customer.',
      },
    ],
    spec: { classification: 'restricted' },
  }),
  product('newsletter', {
    title: 'Newsletter subscriptions',
    description: 'Opt-ins and opt-outs by channel.',
    columns: ['emailHash', 'customer_id'],
    spec: { owner: 'team-campaigns', domain: 'marketing' },
  }),
  product('ledger', {
    title: 'General ledger',
    description: 'Postings since 2019.',
    columns: ['posting_id', 'amount', 'HTTPStatus'],
    spec: {
      owner: 'group:finance/controllers',
      domain: 'finance',
      lifecycle: 'deprecated',
    },
  }),
  product('cafe-visits', {
    title: 'Café visits',
    columns: ['visitedAt'],
    spec: { domain: 'marketing', classification: undefined },
  }),
];
const index = createProductIndex(mesh);

function namesFor(query: ProductQuery): string[] {
  return searchProducts(index, query).hits.map(
    hit => hit.product.metadata.name,
  );
}

describe('searchProducts finds', () => {
  it.each<[why: string, text: string, names: string[]]>([
    ['a word of the title', 'ledger', ['ledger']],
    ['a name written with its separator', 'customer-360', ['customer-360']],
    ['the start of a word', 'newsl', ['newsletter']],
    ['a part of a snake_case column', 'posting', ['ledger']],
    ['a part of a camelCase column', 'hash', ['newsletter']],
    ['a part after an acronym', 'status', ['ledger']],
    [
      'a whole column, however it is written',
      'customerEmail',
      ['customer-360'],
    ],
    ['text inside a word', 'edger', ['ledger']],
    ['a tag', 'gdpr', ['customer-360']],
    ['what a column means', 'lifetime', ['customer-360']],
    ['an owner', 'controllers', ['ledger']],
    ['a domain', 'finance', ['ledger']],
    ['letters without their accents', 'cafe', ['cafe-visits']],
    ['letters with accents', 'CAFÉ', ['cafe-visits']],
    [
      'all words, wherever each stands; together counts more',
      'customer email',
      ['customer-360', 'newsletter'],
    ],
    ['nothing when one word is nowhere', 'customer zebra', []],
    ['nothing for words that no product has', 'zebra', []],
  ])('%s (%s)', (_, text, names) => {
    expect(namesFor({ text })).toEqual(names);
  });

  it('everything when the text holds no letter', () => {
    expect(namesFor({ text: '  --- ' })).toHaveLength(mesh.length);
  });
});

describe('searchProducts says why', () => {
  function matchesOf(text: string) {
    return searchProducts(index, { text }).hits[0].matches;
  }

  it('names the column, its table and port, and that it is personal', () => {
    expect(matchesOf('customer email')[0]).toEqual({
      kind: 'column',
      text: 'customer_email',
      table: 'facts',
      port: 'daily',
      pii: true,
    });
  });

  it('names the column whose description was found', () => {
    expect(matchesOf('lifetime')).toEqual([
      expect.objectContaining({
        kind: 'column',
        text: 'ltv',
        description: 'Lifetime value of the customer.',
      }),
    ]);
  });

  it('puts the title before the description', () => {
    expect(matchesOf('customer').map(m => m.kind)).toEqual(
      expect.arrayContaining(['title', 'tag', 'description']),
    );
    expect(matchesOf('customer')[0].kind).toBe('title');
  });

  it('gives no reason where nothing was typed', () => {
    expect(searchProducts(index).hits[0].matches).toEqual([]);
  });
});

describe('searchProducts sorts', () => {
  const usage = usageOf({
    newsletter: { consumers: 3 },
    ledger: { consumers: 10 },
  });

  it.each<[why: string, query: ProductQuery, names: string[]]>([
    [
      'by name',
      { sort: 'name' },
      ['cafe-visits', 'customer-360', 'ledger', 'newsletter'],
    ],
    [
      'by use',
      { sort: 'used', usage },
      ['ledger', 'newsletter', 'cafe-visits', 'customer-360'],
    ],
    [
      'my domains first, then by use, with nothing typed',
      { usage, preferredDomains: ['domain:default/marketing'] },
      ['newsletter', 'cafe-visits', 'ledger', 'customer-360'],
    ],
    [
      'by relevance whatever the domain, with something typed',
      {
        text: 'customer',
        usage,
        preferredDomains: ['domain:default/marketing'],
      },
      ['customer-360', 'newsletter'],
    ],
  ])('%s', (_, query, names) => {
    expect(namesFor(query)).toEqual(names);
  });
});

describe('searchProducts narrows', () => {
  const usage = usageOf({
    'customer-360': { myEntitlement: { id: 'e', state: 'active' } },
    newsletter: {
      myRequest: { id: 'r', state: 'pending', createdAt: '2026-01-01T00:00Z' },
    },
  });

  it.each<[ProductQuery['filters'], string[]]>([
    [{ domain: ['domain:default/sales'] }, ['customer-360']],
    [
      { domain: ['domain:default/sales', 'domain:default/finance'] },
      ['customer-360', 'ledger'],
    ],
    [{ owner: ['group:finance/controllers'] }, ['ledger']],
    [{ lifecycle: ['deprecated'] }, ['ledger']],
    [{ classification: ['unclassified'] }, ['cafe-visits']],
    [{ tag: ['gdpr'] }, ['customer-360']],
    [{ access: ['have'] }, ['customer-360']],
    [{ access: ['requested'] }, ['newsletter']],
    [{ access: ['none'] }, ['cafe-visits', 'ledger']],
    [{ access: ['none'], domain: ['domain:default/sales'] }, []],
    [{ domain: [] }, ['cafe-visits', 'customer-360', 'ledger', 'newsletter']],
  ])('by %j', (filters, names) => {
    expect(namesFor({ filters, usage, sort: 'name' })).toEqual(names);
  });

  it('counts each facet as if it alone were open', () => {
    const { facets } = searchProducts(index, {
      filters: { domain: ['domain:default/marketing'], lifecycle: ['active'] },
    });
    // Domains: with lifecycle active. Lifecycles: within marketing.
    expect(facets.domain).toEqual([
      { value: 'domain:default/marketing', count: 2 },
      { value: 'domain:default/sales', count: 1 },
    ]);
    expect(facets.lifecycle).toEqual([{ value: 'active', count: 2 }]);
  });

  it('lets the counts follow the text', () => {
    const { facets } = searchProducts(index, { text: 'customer' });
    expect(facets.domain.map(v => v.count)).toEqual([1, 1]);
    expect(facets.lifecycle).toEqual([{ value: 'active', count: 2 }]);
  });

  it('keeps a chosen value that leads to nothing, so that it can be undone', () => {
    const { facets } = searchProducts(index, {
      text: 'ledger',
      filters: { tag: ['gdpr'] },
    });
    expect(facets.tag).toEqual([{ value: 'gdpr', count: 0 }]);
  });
});

it('refuses an index that it did not make', () => {
  expect(() => searchProducts({ size: 3 })).toThrow('createProductIndex');
});

it('says nothing of what may not be seen: no hit, no count, no word', () => {
  const both = createProductIndex([
    product('open', { columns: ['amount'] }),
    product('secret', { columns: ['salary'], tags: ['payroll'] }),
  ]);
  const isVisible = (one: DataProductEntity) => one.metadata.name === 'open';
  const seen = searchProducts(both, { isVisible });
  expect(seen.hits.map(hit => hit.product.metadata.name)).toEqual(['open']);
  expect(seen.facets.tag).toEqual([]);
  // Neither is a typo mended to a word that only hidden products have.
  expect(searchProducts(both, { text: 'salry' }).readings).toHaveLength(1);
  expect(searchProducts(both, { text: 'salry', isVisible }).readings).toEqual(
    [],
  );
});
