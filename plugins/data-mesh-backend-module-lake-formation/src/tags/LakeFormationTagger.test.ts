import {
  AddLFTagsToResourceCommand,
  CreateLFTagCommand,
} from '@aws-sdk/client-lakeformation';
import { ConfigReader } from '@backstage/config';
import type {
  ResourceTagger,
  TaggedProduct,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { ACCOUNT, DATABASE, REGION, aPort } from '../__testUtils__/builders';
import {
  EmulatedAccounts,
  startAccounts,
} from '../__testUtils__/startAccounts';
import { readTagOntology } from './tagOntology';

const tags = readTagOntology(
  new ConfigReader({
    dataMesh: {
      lakeFormation: {
        tags: [
          {
            key: 'class',
            values: ['internal', 'secret'],
            from: 'classification',
            map: { restricted: 'secret' },
          },
          { key: 'pii', values: ['true', 'false'], from: 'pii' },
        ],
      },
    },
  }),
);

const columns = [
  { name: 'order_id', type: 'string' },
  { name: 'email', type: 'string', pii: true },
];
const product: TaggedProduct = {
  productRef: 'dataproduct:default/orders',
  domainRef: 'domain:default/sales',
  classification: 'internal',
  ports: [
    { ...aPort(['orders']), tables: [{ name: 'orders', columns }] },
    { name: 'files', type: 's3', location: {}, tables: [] },
  ],
};

describe('LakeFormationTagger', () => {
  let accounts: EmulatedAccounts;
  let tagger: ResourceTagger;

  beforeEach(async () => {
    accounts = await startAccounts(
      {
        accounts: [
          {
            id: ACCOUNT,
            regions: [REGION],
            databases: [
              {
                name: DATABASE,
                tables: [
                  {
                    name: 'orders',
                    columns: columns.map(({ name, type }) => ({ name, type })),
                  },
                ],
              },
            ],
          },
        ],
      },
      { config: { tags } },
    );
    if (!accounts.provisioner.tagger) throw new Error('There is no tagger');
    tagger = accounts.provisioner.tagger;
  });
  afterEach(() => accounts.stop());

  const orders = { DatabaseName: DATABASE, Name: 'orders' };

  it('creates keys, assigns values, and then has nothing more to do', async () => {
    const plan = await tagger.plan(product);
    expect(plan.findings.map(one => one.words.text)).toEqual([
      '`sales.orders` has no LF-Tag `class`; its product asks for `internal`',
      '`sales.orders` has no LF-Tag `pii`; its product asks for `false`',
      '`sales.orders.email` has no LF-Tag `pii`; its product asks for `true`',
    ]);
    expect(plan.steps.map(step => step.words.text)).toEqual([
      'Create LF-Tag `class` with `internal` and `secret`',
      'Create LF-Tag `pii` with `true` and `false`',
      'Assign LF-Tag `class` = `internal` and `pii` = `false` to `sales.orders`',
      'Assign LF-Tag `pii` = `true` to `email` of `sales.orders`',
    ]);
    expect(plan.steps[2].needs).toEqual([plan.steps[0].id, plan.steps[1].id]);
    for (const step of plan.steps) {
      await tagger.apply(step);
      // A crash may be between the call and its record.
      await tagger.apply(step);
    }
    const done = (key: string, value: string, foundAt: 'table' | 'column') => ({
      key,
      state: 'same',
      wanted: value,
      found: value,
      foundAt,
    });
    expect(await tagger.plan(product)).toEqual({
      keys: ['class', 'pii'],
      ontology: [
        {
          key: 'class',
          values: ['internal', 'secret'],
          from: 'classification',
          declaredIn: 'configuration',
        },
        {
          key: 'pii',
          values: ['true', 'false'],
          from: 'pii',
          declaredIn: 'configuration',
        },
      ],
      tables: [
        {
          port: product.ports[0].name,
          accountId: ACCOUNT,
          region: REGION,
          database: DATABASE,
          table: 'orders',
          tags: [
            done('class', 'internal', 'table'),
            done('pii', 'false', 'table'),
          ],
          columns: [{ column: 'email', tags: [done('pii', 'true', 'column')] }],
        },
      ],
      findings: [],
      steps: [],
    });
  });

  it('goes back to what was before', async () => {
    const root = accounts.root(ACCOUNT);
    await root.send(
      new CreateLFTagCommand({ TagKey: 'class', TagValues: ['old', 'secret'] }),
    );
    await root.send(
      new AddLFTagsToResourceCommand({
        Resource: { Table: orders },
        LFTags: [{ TagKey: 'class', TagValues: ['old'] }],
      }),
    );
    const before = await tagger.plan(product);
    expect(before.findings[0].words.text).toBe(
      '`sales.orders` has LF-Tag `class` = `old`; its product asks for `internal`',
    );
    for (const step of before.steps) await tagger.apply(step);
    expect((await tagger.plan(product)).steps).toEqual([]);
    for (const step of [...before.steps].reverse()) {
      await tagger.undo(step);
      await tagger.undo(step);
    }
    expect(await tagger.plan(product)).toEqual(before);
  });

  it('says which tags AWS did not assign', async () => {
    const { steps } = await tagger.plan(product);
    // The keys are not created: AWS answers with success, and failures in it.
    await expect(tagger.apply(steps[2])).rejects.toThrow(
      /2 of 2 entries failed: LF-Tag class: EntityNotFoundException/,
    );
  });

  it('shows as drift in the doctor', async () => {
    const diagnose = () =>
      accounts.provisioner.readiness.diagnose({
        ports: [],
        principals: [],
        products: [product],
      });
    expect(await diagnose()).toEqual([
      {
        subject: 'LF-Tags of dataproduct:default/orders',
        checks: [
          expect.objectContaining({
            id: 'lf-tags',
            state: 'warning',
            words: expect.stringContaining('has no LF-Tag `class`'),
          }),
        ],
      },
    ]);
    for (const step of (await tagger.plan(product)).steps) {
      await tagger.apply(step);
    }
    const [{ checks }] = await diagnose();
    expect(checks[0].state).toBe('ok');
  });

  it('reads two listings a table, and one a key', async () => {
    accounts.callsSince();
    await tagger.plan(product);
    expect(accounts.callsSince().sort()).toEqual([
      'GetLFTag',
      'GetLFTag',
      'GetResourceLFTags',
      'GetResourceLFTags',
    ]);
  });
});
