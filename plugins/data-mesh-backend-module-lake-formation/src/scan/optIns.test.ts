import {
  CreateLakeFormationOptInCommand,
  DeleteLakeFormationOptInCommand,
  LakeFormationClient,
  ListLakeFormationOptInsCommand,
} from '@aws-sdk/client-lakeformation';
import type {
  PlanStep,
  ScanTarget,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { SeedAccount } from '@lakemesh/lake-formation-emulator';
import { EmulatedMesh, aMeshTable } from '../__testUtils__/EmulatedMesh';
import {
  ACCOUNT,
  DATABASE,
  REGION,
  anIntent,
  aPort,
  roleArn,
} from '../__testUtils__/builders';
import { useMesh } from '../__testUtils__/useMesh';
import { describeOptIn, optInKey } from '../steps/optIns/describeOptIn';
import { judgeOptIn } from './judgeOptIn';

const world = useMesh();
const analyst = roleArn('analyst');
const orders = {
  Table: { CatalogId: ACCOUNT, DatabaseName: DATABASE, Name: 'orders' },
};

const catalog: Partial<SeedAccount> = {
  locations: [{ arn: 'arn:aws:s3:::acme-lake', hybridAccessEnabled: true }],
  databases: [
    {
      name: DATABASE,
      iamAllowedPrincipals: true,
      tables: [{ ...aMeshTable('orders'), iamAllowedPrincipals: true }],
    },
  ],
  // Somebody else's.
  optIns: [
    {
      principal: roleArn('other'),
      resource: { database: DATABASE, table: 'orders' },
    },
  ],
};

async function asRoot(
  mesh: EmulatedMesh,
  work: (client: LakeFormationClient) => Promise<unknown>,
) {
  const client = new LakeFormationClient({
    region: REGION,
    endpoint: mesh.emulator.url,
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'not-verified' },
  });
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
}

const principal = (id: string) => ({ DataLakePrincipalIdentifier: id });

/** Scans the target, and says how the step looks then. */
async function judged(mesh: EmulatedMesh, target: ScanTarget, step: PlanStep) {
  const { scanner } = mesh.provisioner;
  mesh.callsSince();
  let counted = 0;
  let grants = 0;
  for await (const page of scanner.scan(target)) {
    counted += page.calls;
    grants += page.grants.filter(
      ({ grant }) => grant.principal.id === roleArn('other'),
    ).length;
  }
  const calls = mesh.callsSince();
  expect(counted).toBe(calls.length);
  // Opt-ins are nobody's grants.
  expect(grants).toBe(0);
  return {
    judgement: scanner.judge(step, []),
    looks: calls.filter(name => name === 'ListLakeFormationOptIns').length,
  };
}

async function granted(mesh: EmulatedMesh) {
  const { plan, live } = await mesh.entitlements.grant(
    anIntent({ principal: analyst }),
  );
  const step = plan.steps.find(({ kind }) => kind === 'optIn');
  if (!step) throw new Error('The plan opts nobody in');
  const [target] = mesh.provisioner.scanner.targets([aPort()], plan.steps);
  return { plan, live, step, target };
}

describe('a scan', () => {
  it('notices an opt-in that is lost, by one look for all of them', async () => {
    const mesh = await world.start({ catalog });
    const { step, target, live } = await granted(mesh);
    const { scanner } = mesh.provisioner;
    expect(scanner.judge(step, [])).toEqual({ state: 'unseen' });
    expect(await judged(mesh, target, step)).toEqual({
      judgement: { state: 'present' },
      looks: 1,
    });
    await asRoot(mesh, client =>
      client.send(
        new DeleteLakeFormationOptInCommand({
          Principal: principal(analyst),
          Resource: orders,
        }),
      ),
    );
    expect(await judged(mesh, target, step)).toEqual({
      judgement: {
        state: 'absent',
        words: `Not opted in any more: \`${analyst}\` on \`sales.orders\`, where IAM decides now`,
      },
      looks: 1,
    });
    // Re-applied, it is there again, and nobody else is touched.
    await mesh.entitlements.retry(live);
    expect((await judged(mesh, target, step)).judgement.state).toBe('present');
    await mesh.entitlements.end(live);
    const left = await asRoot(mesh, client =>
      client.send(new ListLakeFormationOptInsCommand({})),
    );
    expect(left).toMatchObject({
      LakeFormationOptInsInfoList: [{ Principal: principal(roleArn('other')) }],
    });
  });

  it('tells conditions apart', async () => {
    const mesh = await world.start({ catalog });
    const { plan } = await mesh.entitlements.grant(
      anIntent({ principal: `${ACCOUNT}:IAMPrincipals?team=a` }),
    );
    const [, step] = plan.steps;
    const [target] = mesh.provisioner.scanner.targets([aPort()], plan.steps);
    await asRoot(mesh, async client => {
      const { Principal, Resource, Condition } = step.call
        .input as unknown as ConstructorParameters<
        typeof DeleteLakeFormationOptInCommand
      >[0];
      await client.send(
        new DeleteLakeFormationOptInCommand({ Principal, Resource, Condition }),
      );
      await client.send(
        new CreateLakeFormationOptInCommand({
          Principal,
          Resource,
          Condition: {
            Expression: '!context.iam.principalTags.hasTag("team")',
          },
        }),
      );
    });
    expect((await judged(mesh, target, step)).judgement.state).toBe('absent');
  });

  it('does not look for opt-ins where no access has any', async () => {
    const mesh = await world.start({ catalog });
    const { step, plan } = await granted(mesh);
    const [target] = mesh.provisioner.scanner.targets(
      [aPort()],
      plan.steps.filter(({ kind }) => kind !== 'optIn'),
    );
    expect(await judged(mesh, target, step)).toEqual({
      judgement: { state: 'unseen' },
      looks: 0,
    });
  });

  it('goes on where opt-ins are not shown, and leaves them unseen', async () => {
    const owner = roleArn('scanner');
    const mesh = await world.start({
      catalog: {
        ...catalog,
        administrators: [roleArn('somebody')],
        keys: [{ accessKeyId: 'AKIASCANNER', principal: owner }],
      },
      accessKeyIds: { [ACCOUNT]: 'AKIASCANNER' },
    });
    const step = describeOptIn(
      {
        kind: 'table',
        catalogId: ACCOUNT,
        database: DATABASE,
        table: 'orders',
      },
      { principalId: analyst, region: REGION },
      { text: '`analyst`' },
      { needs: [], done: false },
    );
    const [target] = mesh.provisioner.scanner.targets([aPort()], [step]);
    expect(await judged(mesh, target, step)).toEqual({
      judgement: { state: 'unseen' },
      looks: 1,
    });
  });
});

it('of a nested catalog is never taken for missing', () => {
  const place = {
    kind: 'table' as const,
    catalogId: `${ACCOUNT}:s3tablescatalog/bucket`,
    database: DATABASE,
    table: 'orders',
  };
  const step = describeOptIn(
    place,
    { principalId: analyst, region: REGION },
    { text: '`analyst`' },
    { needs: [], done: false },
  );
  expect(judgeOptIn(step, new Set())).toEqual({ state: 'unseen' });
  expect(
    judgeOptIn(step, new Set([optInKey(place, { principalId: analyst })])),
  ).toEqual({ state: 'present' });
});
