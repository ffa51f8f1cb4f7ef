import { ConfigReader } from '@backstage/config';
import type { TaggedProduct } from '@lakemesh/backstage-plugin-data-mesh-node';
import { ACCOUNT, REGION } from '../__testUtils__/builders';
import { planKeys } from './planKeys';
import { readTagOntology, rulesFor } from './tagOntology';
import { wantedTags } from './wantedTags';

const read = (...tags: object[]) =>
  readTagOntology(
    new ConfigReader({
      dataMesh: { lakeFormation: { tags } },
    } as ConstructorParameters<typeof ConfigReader>[0]),
  );

const classification = {
  key: 'Class',
  values: ['public', 'internal', 'Secret'],
  from: 'classification',
  map: { confidential: 'secret', restricted: 'secret' },
};

describe('ontology of LF-Tags', () => {
  it('is read in lower case, as Lake Formation keeps it', () => {
    expect(
      read(classification, { ...classification, key: 'd', domain: 'Sales' }),
    ).toEqual([
      {
        key: 'class',
        values: ['public', 'internal', 'secret'],
        from: 'classification',
        map: new Map([
          ['confidential', 'secret'],
          ['restricted', 'secret'],
        ]),
      },
      expect.objectContaining({ key: 'd', domainRef: 'domain:default/sales' }),
    ]);
  });

  it.each<[object[], RegExp]>([
    [[{ ...classification, key: 'a|b' }], /tags\[0\]\.key is 'a\|b'/],
    [[{ ...classification, key: 'x'.repeat(51) }], /up to 50/],
    [[{ ...classification, values: [] }], /has 0 entries/],
    [
      [{ ...classification, from: 'owner' }],
      /from is 'owner', expected classification/,
    ],
    [[{ ...classification, map: { a: 'none' } }], /map\.a is 'none'/],
    [[{ ...classification, domain: 'a b' }], /domain is 'a b'/],
    [
      [classification, classification],
      /tags\[1\]\.key is 'class', which .*tags\[0\] has/,
    ],
    [
      [classification, { ...classification, domain: 'sales' }],
      /has for the same domain/,
    ],
  ])('refuses %#', (tags, reason) => {
    expect(() => read(...tags)).toThrow(reason);
  });

  it('may have one key for each of two domains', () => {
    expect(
      read(
        { ...classification, domain: 'sales' },
        { ...classification, domain: 'hr' },
      ),
    ).toHaveLength(2);
  });
});

describe('tags that a product asks for', () => {
  const ontology = read(
    classification,
    {
      key: 'pii',
      values: ['yes', 'no'],
      from: 'pii',
      map: { true: 'yes', false: 'no' },
    },
    { key: 'subject', values: ['orders', 'people'], from: 'tags' },
    { key: 'domain', values: ['sales', 'hr'], from: 'domain' },
    { key: 'only-hr', values: ['x'], from: 'tags', domain: 'hr' },
  );
  const product: TaggedProduct = {
    productRef: 'dataproduct:default/orders',
    domainRef: 'domain:default/sales',
    classification: 'internal',
    tags: ['curated', 'Orders'],
    ports: [],
  };
  const table = {
    name: 'orders',
    columns: [
      { name: 'order_id', type: 'bigint' },
      {
        name: 'Email',
        type: 'string',
        classification: 'confidential' as const,
        pii: true,
        tags: ['people'],
      },
      { name: 'same', type: 'string', classification: 'internal' as const },
    ],
  };

  it('come from classification, personal data, tags and domain', () => {
    const wanted = wantedTags(
      product,
      table,
      rulesFor(ontology, product.domainRef),
    );
    expect(Object.fromEntries(wanted.table)).toEqual({
      class: 'internal',
      pii: 'no',
      subject: 'orders',
      domain: 'sales',
    });
    expect(wanted.columns).toEqual(
      new Map([
        [
          'email',
          new Map([
            ['class', 'secret'],
            ['pii', 'yes'],
            ['subject', 'people'],
          ]),
        ],
      ]),
    );
    expect(wanted.keys).toEqual(['class', 'pii', 'subject', 'domain']);
  });

  it('must be in the ontology, where they are no free words', () => {
    expect(() =>
      wantedTags(
        { ...product, domainRef: 'domain:default/x' },
        table,
        ontology,
      ),
    ).toThrow(
      "The domain of dataproduct:default/orders is 'x', and LF-Tag domain has no such value; expected sales, hr",
    );
  });
});

describe('keys that an account lacks', () => {
  const place = { accountId: ACCOUNT, region: REGION };
  const plan = (existing: Record<string, string[]>, ...tags: object[]) =>
    planKeys(
      place,
      read(...tags),
      new Map(
        Object.entries(existing).map(([key, values]) => [key, new Set(values)]),
      ),
    );

  it('are created, in calls of 50 values', () => {
    const values = Array.from({ length: 120 }, (_, i) => `v${i}`);
    const steps = plan({}, { key: 'k', values, from: 'tags' });
    expect(
      steps.map(({ call }) => [
        call.operation,
        ((call.input.TagValues ?? call.input.TagValuesToAdd) as string[])
          .length,
      ]),
    ).toEqual([
      ['CreateLFTag', 50],
      ['UpdateLFTag', 50],
      ['UpdateLFTag', 20],
    ]);
    expect(steps[1].needs).toEqual([steps[0].id]);
  });

  it('get the values they lack; those of others stay', () => {
    const [step, ...more] = plan(
      { class: ['public', 'other'] },
      classification,
    );
    expect(more).toEqual([]);
    expect(step.call.input).toEqual({
      CatalogId: ACCOUNT,
      TagKey: 'class',
      TagValuesToAdd: ['internal', 'secret'],
    });
    expect(step.undo?.call.input).toEqual({
      CatalogId: ACCOUNT,
      TagKey: 'class',
      TagValuesToDelete: ['internal', 'secret'],
    });
  });

  it('are complete', () => {
    expect(
      plan({ class: ['public', 'internal', 'secret'] }, classification),
    ).toEqual([]);
  });
});
