import type {
  AccessScope,
  Plan,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  EmulatorFaultKind,
  EmulatorFaultRule,
  EmulatorSnapshot,
  SeedAccount,
} from '@lakemesh/lake-formation-emulator';
import {
  CONSUMER,
  EmulatedMesh,
  MeshOptions,
  aMeshTable,
  startMesh,
} from '../__testUtils__/EmulatedMesh';
import { StepBook } from '../__testUtils__/StepBook';
import {
  COLUMNS,
  DATABASE,
  anIntent,
  aPort,
  roleArn,
} from '../__testUtils__/builders';

/**
 * Every flow, topology and scope is cut off before and after each call that it
 * makes to AWS, and taken up by a provisioner that remembers nothing. It must
 * end either with all of it or with nothing of it, never in between.
 */

const catalog: Partial<SeedAccount> = {
  lfTags: [{ key: 'class', values: ['open'] }],
  locations: [{ arn: 'arn:aws:s3:::acme-lake' }],
  databases: [
    {
      name: DATABASE,
      locationUri: 's3://acme-lake/sales',
      tables: [
        { ...aMeshTable('orders'), lfTags: { class: 'open' } },
        { ...aMeshTable('customers'), lfTags: { class: 'open' } },
      ],
    },
  ],
  // Somebody else's, which must be there in the end as in the beginning.
  grants: [
    {
      principal: roleArn('etl'),
      resource: { database: DATABASE, table: 'orders' },
      permissions: ['SELECT', 'DESCRIBE', 'INSERT'],
    },
  ],
};

/** The same where IAM_ALLOWED_PRINCIPALS holds permissions everywhere. */
const hybrid: Partial<SeedAccount> = {
  ...catalog,
  locations: [{ arn: 'arn:aws:s3:::acme-lake', hybridAccessEnabled: true }],
  databases: catalog.databases?.map(database => ({
    ...database,
    iamAllowedPrincipals: true,
    createTableDefaultPermissions: [
      { principal: 'IAM_ALLOWED_PRINCIPALS', permissions: ['ALL'] },
    ],
    tables: database.tables?.map(table => ({
      ...table,
      iamAllowedPrincipals: true,
    })),
  })),
};

const TOPOLOGIES: Array<{
  name: string;
  mesh: MeshOptions;
  catalog?: Partial<SeedAccount>;
  principal: string;
  role: string;
}> = [
  {
    name: 'one account',
    mesh: {},
    principal: roleArn('analyst'),
    role: roleArn('analyst'),
  },
  {
    name: 'one organization',
    mesh: { organization: true },
    principal: roleArn('analyst', CONSUMER),
    role: roleArn('analyst', CONSUMER),
  },
  {
    name: 'two organizations',
    mesh: {},
    principal: roleArn('analyst', CONSUMER),
    role: roleArn('analyst', CONSUMER),
  },
  {
    name: 'one account in hybrid access mode',
    mesh: {},
    catalog: hybrid,
    principal: roleArn('analyst'),
    role: roleArn('analyst'),
  },
  {
    name: 'one organization in hybrid access mode',
    mesh: { organization: true },
    catalog: hybrid,
    principal: roleArn('analyst', CONSUMER),
    role: roleArn('analyst', CONSUMER),
  },
  {
    name: 'two organizations, through the account',
    mesh: {},
    principal: `${CONSUMER}:IAMPrincipals`,
    role: roleArn('anybody', CONSUMER),
  },
];

const SCOPES: Array<{ name: string; scope: Partial<AccessScope> }> = [
  {
    name: 'two tables',
    scope: { tables: [{ table: 'orders' }, { table: 'customers' }] },
  },
  {
    name: 'rows and columns',
    scope: {
      tables: [
        { table: 'orders', rowFilter: "amount = '1'", columns: ['amount'] },
        { table: 'customers', columns: ['email'] },
      ],
    },
  },
  { name: 'all tables', scope: { tables: [], allTables: true } },
  {
    name: 'a tag expression',
    scope: { tables: [], tagExpression: [{ key: 'class', values: ['open'] }] },
  },
  {
    name: 'modifying',
    scope: { level: 'modify', tables: [{ table: 'orders' }] },
  },
  {
    name: 'modifying all tables',
    scope: { level: 'modify', tables: [], allTables: true },
  },
];

interface World {
  mesh: EmulatedMesh;
  start: EmulatorSnapshot;
  plan: Plan;
}

/** What AWS and the book hold at some time, to go on from more than once. */
interface Moment {
  lake: EmulatorSnapshot;
  book: StepBook;
}

/** Where some work was cut off, and with an error or not. */
interface Cut extends Moment {
  at: string;
  error: boolean;
}

const ID = 'entitlement';

/** A book with the plan in it, at the beginning of the world. */
function begin({ mesh, start, plan }: World): StepBook {
  const book = new StepBook();
  book.add(ID, plan);
  return resume(mesh, { lake: start, book });
}

function resume(mesh: EmulatedMesh, { lake, book }: Moment): StepBook {
  mesh.watcher.onCall = undefined;
  mesh.emulator.faults.clear();
  mesh.emulator.restore(lake);
  return book.copy();
}

/** The operations that some work calls, in their order. */
async function operationsOf(
  mesh: EmulatedMesh,
  work: () => Promise<void>,
): Promise<string[]> {
  const operations: string[] = [];
  mesh.watcher.onCall = operation => operations.push(operation);
  await work();
  mesh.watcher.onCall = undefined;
  return operations;
}

/** Lets the call with this number fail. */
function failAt(
  mesh: EmulatedMesh,
  index: number,
  fault: Pick<EmulatorFaultRule, 'kind' | 'when' | 'holdMs'>,
): void {
  let calls = 0;
  mesh.watcher.onCall = operation => {
    if (calls === index) mesh.emulator.faults.add({ operation, ...fault });
    calls += 1;
  };
}

/** Runs the work until it is cut off, if it is. */
async function untilCutOff(mesh: EmulatedMesh, work: Promise<void>) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  mesh.watcher.onCall = undefined;
  mesh.emulator.faults.clear();
  return error;
}

describe.each(TOPOLOGIES)('in $name', topology => {
  const { mesh: layout, principal, role } = topology;
  describe.each(SCOPES)('access to $name', ({ scope }) => {
    let world: World;
    let without: unknown;
    let withAccess: unknown;
    let seen: string[] | string;

    let granted: Moment;

    const provisioner = () => world.mesh.restarted();
    /** Cuts the work off at each call that it makes, in turn. */
    const cutOffs = async (
      when: 'before' | 'after',
      start: () => StepBook,
      work: (book: StepBook) => Promise<void>,
    ): Promise<Cut[]> => {
      const { mesh } = world;
      const whole = start();
      const operations = await operationsOf(mesh, () => work(whole));
      const cuts: Cut[] = [];
      for (const [index, operation] of operations.entries()) {
        const book = start();
        failAt(mesh, index, { kind: 'reset', when });
        const error = await untilCutOff(mesh, work(book));
        cuts.push({
          at: `${index}: ${operation}`,
          error: error !== undefined,
          lake: mesh.emulator.snapshot(),
          book,
        });
      }
      return cuts;
    };
    const applying = { before: once('before'), after: once('after') };
    function once(when: 'before' | 'after') {
      let cuts: Promise<Cut[]> | undefined;
      return () => {
        cuts ??= cutOffs(
          when,
          () => begin(world),
          book => book.apply(provisioner(), ID),
        );
        return cuts;
      };
    }

    beforeAll(async () => {
      const mesh = await startMesh({
        ...layout,
        catalog: topology.catalog ?? catalog,
        config: { maxAttempts: 1 },
      });
      const plan = await mesh.entitlements.plan(
        anIntent({ principal, scope, port: aPort(['orders', 'customers']) }),
      );
      world = { mesh, plan, start: mesh.emulator.snapshot() };
      without = mesh.state();
      const book = begin(world);
      await book.apply(provisioner(), ID);
      granted = { lake: mesh.emulator.snapshot(), book };
      withAccess = withoutNames(mesh.state());
      seen = await mesh.columnsSeenBy(role, DATABASE, 'orders');
    });
    afterAll(() => world?.mesh.stop());

    it('is there when nothing is cut off', () => {
      expect(seen).toEqual(expect.arrayContaining(['amount']));
    });

    it.each(['before', 'after'] as const)(
      'that is cut off %s any call is made whole by the next run',
      async when => {
        const { mesh } = world;
        const cuts = await applying[when]();
        expect(cuts.length).toBeGreaterThan(2);
        for (const cut of cuts) {
          await resume(mesh, cut).apply(provisioner(), ID);
          expect({
            cutOffAt: cut.at,
            error: cut.error,
            state: withoutNames(mesh.state()),
          }).toEqual({
            cutOffAt: cut.at,
            error: true,
            state: withAccess,
          });
        }
      },
    );

    it.each(['before', 'after'] as const)(
      'that is cut off %s any call leaves nothing when it is ended then',
      async when => {
        const { mesh } = world;
        for (const cut of await applying[when]()) {
          await resume(mesh, cut).undo(provisioner(), ID);
          expect({ cutOffAt: cut.at, state: mesh.state() }).toEqual({
            cutOffAt: cut.at,
            state: without,
          });
        }
      },
    );

    it.each(['before', 'after'] as const)(
      'whose end is cut off %s any call is gone after the next run',
      async when => {
        const { mesh } = world;
        const cuts = await cutOffs(
          when,
          () => resume(mesh, granted),
          book => book.undo(provisioner(), ID),
        );
        expect(cuts.length).toBeGreaterThan(1);
        for (const cut of cuts) {
          await resume(mesh, cut).undo(provisioner(), ID);
          expect({ cutOffAt: cut.at, state: mesh.state() }).toEqual({
            cutOffAt: cut.at,
            state: without,
          });
        }
      },
    );
  });
});

describe('what AWS answers in between', () => {
  const KINDS: EmulatorFaultKind[] = ['throttle', 'internal', 'timeout'];

  it.each(KINDS)('a %s at any call is outlasted, both ways', async kind => {
    const mesh = await startMesh({
      catalog,
      config: { maxAttempts: 1 },
    });
    const plan = await mesh.entitlements.plan(
      anIntent({
        principal: roleArn('analyst', CONSUMER),
        tables: ['orders', { table: 'customers', rowFilter: "amount = '1'" }],
      }),
    );
    const world = { mesh, plan, start: mesh.emulator.snapshot() };
    const without = mesh.state();
    const seen = () =>
      mesh.columnsSeenBy(roleArn('analyst', CONSUMER), DATABASE, 'customers');
    /** Fails at each call of the work in turn, and does it again. */
    const outlast = async (
      prepare: () => Promise<StepBook>,
      work: (book: StepBook) => Promise<void>,
      check: () => Promise<void>,
    ) => {
      const first = await prepare();
      const operations = await operationsOf(mesh, () => work(first));
      for (const index of operations.keys()) {
        const book = await prepare();
        failAt(mesh, index, {
          kind,
          when: 'before',
          // The connection is cut without an answer, soon enough for a test.
          ...(kind === 'timeout' && { holdMs: 20 }),
        });
        const error = await untilCutOff(mesh, work(book));
        expect(mesh.provisioner.classify(error).kind).toBe(
          kind === 'throttle' ? 'throttled' : 'transient',
        );
        await work(book);
        await check();
      }
    };
    const provisioner = () => mesh.restarted({ reconnects: true });
    const apply = (book: StepBook) => book.apply(provisioner(), ID);
    await outlast(
      async () => begin(world),
      apply,
      async () => expect(await seen()).toEqual(COLUMNS),
    );
    await outlast(
      async () => {
        const book = begin(world);
        await apply(book);
        return book;
      },
      book => book.undo(provisioner(), ID),
      async () => expect(mesh.state()).toEqual(without),
    );
    await mesh.stop();
  });
});

/** Shares get random names; which one it is does not matter. */
function withoutNames(state: unknown): unknown {
  return JSON.parse(
    JSON.stringify(state, (key, value) =>
      ['share', 'arn', 'name', 'shareArn'].includes(key) &&
      /resource-share|^LakeFormation-/.test(String(value))
        ? 'a share'
        : value,
    ),
  );
}
