import { ConfigReader } from '@backstage/config';
import {
  definitionsOf,
  ontologyOf,
  readDomainOntology,
} from './domainOntology';
import { readTagOntology } from './tagOntology';
import { wantedTags } from './wantedTags';

const SALES = 'domain:default/sales';
const ANNOTATION = 'lakemesh.io/lf-tags';

const product = {
  productRef: 'dataproduct:default/orders',
  domainRef: SALES,
  classification: 'internal' as const,
  tags: ['curated', 'sensitivity:high'],
  ports: [],
};
const table = {
  name: 'orders',
  columns: [
    { name: 'id', type: 'string', tags: ['low'] },
    { name: 'email', type: 'string', pii: true },
    { name: 'amount', type: 'string', tags: ['Sensitivity:HIGH'] },
  ],
};

const asObject = (values: ReadonlyMap<string, string>) =>
  Object.fromEntries(values);

it('reads keys and values, and where they come from', () => {
  const rules = readDomainOntology(
    ' Sensitivity = low | HIGH|low , domain=sales,pii=true|false,\n classification=public|internal',
    SALES,
  );
  expect(rules.map(({ key, values, from }) => [key, values, from])).toEqual([
    ['sensitivity', ['low', 'high'], 'tags'],
    ['domain', ['sales'], 'constant'],
    ['pii', ['true', 'false'], 'pii'],
    ['classification', ['public', 'internal'], 'classification'],
  ]);
});

it('comes to tags of tables and columns', () => {
  const wanted = wantedTags(
    product,
    table,
    ontologyOf(
      {
        ...product,
        domainAnnotations: {
          [ANNOTATION]:
            'sensitivity=low|high,domain=sales,pii=true|false,classification=public|internal',
        },
      },
      [],
    ),
  );
  expect(asObject(wanted.table)).toEqual({
    sensitivity: 'high',
    domain: 'sales',
    pii: 'false',
    classification: 'internal',
  });
  expect(
    [...wanted.columns].map(([name, values]) => [name, asObject(values)]),
  ).toEqual([
    ['id', { sensitivity: 'low' }],
    ['email', { pii: 'true' }],
  ]);
});

it('gives way to the configuration, key by key', () => {
  const configured = readTagOntology(
    new ConfigReader({
      dataMesh: {
        lakeFormation: {
          tags: [
            {
              key: 'sensitivity',
              values: ['open', 'secret'],
              from: 'tags',
              domain: SALES,
            },
            {
              key: 'domain',
              values: ['hr'],
              from: 'domain',
              domain: 'domain:default/hr',
            },
          ],
        },
      },
    }),
  );
  const rules = ontologyOf(
    {
      ...product,
      domainAnnotations: { [ANNOTATION]: 'sensitivity=low|high,domain=sales' },
    },
    configured,
  );
  expect(rules.map(({ key, values }) => [key, values])).toEqual([
    ['sensitivity', ['open', 'secret']],
    // What another domain has configured is no concern of this one.
    ['domain', ['sales']],
  ]);
  expect(definitionsOf(rules, configured)).toEqual([
    {
      key: 'domain',
      values: ['sales'],
      from: 'constant',
      declaredIn: 'domain',
    },
    {
      key: 'sensitivity',
      values: ['open', 'secret'],
      from: 'tags',
      declaredIn: 'configuration',
    },
  ]);
});

it('is the configuration where the domain says nothing', () => {
  expect(ontologyOf(product, [])).toEqual([]);
  expect(ontologyOf({ ...product, domainAnnotations: {} }, [])).toEqual([]);
});

it.each([
  ['', "entry '' cannot be read, expected KEY=VALUE or KEY=VALUE|VALUE"],
  ['sensitivity', "entry 'sensitivity' cannot be read"],
  ['a=b,', "entry '' cannot be read"],
  ['=low', "entry '=low' cannot be read"],
  ['a=', "entry 'a=' cannot be read"],
  ['a=b|', "value of a is '', expected up to 50 letters"],
  ['a=b,A=c', "key 'a' stands there twice"],
  ['a#b=c', "key is 'a#b', expected up to 50 letters"],
  [`a=${'x'.repeat(51)}`, 'expected up to 50 letters'],
  [
    `a=${Array.from({ length: 1_001 }, (_, i) => `v${i}`).join('|')}`,
    'a has 1001 values, expected up to 1000',
  ],
])('refuses %p', (text, reason) => {
  expect(() => readDomainOntology(text, SALES)).toThrow(reason);
  expect(() => readDomainOntology(text, SALES)).toThrow(
    `${ANNOTATION} of ${SALES}: `,
  );
});
