import type {
  PlanStep,
  ScanTarget,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ScannedGrant } from '@lakemesh/backstage-plugin-data-mesh-node';
import { Entitlements } from '../__testUtils__/Entitlements';
import {
  ACCOUNT,
  COLUMNS,
  DATABASE,
  REGION,
  aPort,
  anIntent,
  roleArn,
} from '../__testUtils__/builders';
import {
  EmulatedAccounts,
  readPrincipal,
  startAccounts,
} from '../__testUtils__/startAccounts';
import { LakeFormationScanner } from './LakeFormationScanner';

const CONSUMER = '100000000001';
const GROUP = `arn:aws:iam::${CONSUMER}:saml-provider/okta:group/analysts`;

/** Every step that a plan across accounts makes must be found by a scan. */
describe('a scan across accounts', () => {
  let accounts: EmulatedAccounts;

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
                tables: ['orders', 'customers'].map(name => ({
                  name,
                  columns: COLUMNS.map(column => ({
                    name: column,
                    type: 'string',
                  })),
                })),
              },
            ],
          },
          {
            id: CONSUMER,
            regions: [REGION],
            administrators: [roleArn('lake-admin', CONSUMER)],
          },
        ],
      },
      {
        config: {
          accounts: [{ accountId: ACCOUNT }, { accountId: CONSUMER }],
        },
      },
    );
  });
  afterEach(() => accounts.stop());

  const scanner = () => accounts.provisioner.scanner;

  async function entitled(
    intent: ReturnType<typeof anIntent>,
  ): Promise<PlanStep[]> {
    const { live } = await new Entitlements(accounts.provisioner).grant(intent);
    return live.map(({ step }) => step);
  }

  async function scanned(steps: PlanStep[]) {
    const found = new Map<string, ScannedGrant[]>();
    let calls = 0;
    for (const target of scanner().targets([aPort()], steps)) {
      const grants: ScannedGrant[] = [];
      for await (const page of scanner().scan(target)) {
        grants.push(...page.grants);
        calls += page.calls;
      }
      found.set(target.id, grants);
    }
    return { found, calls };
  }

  /** As the backend does: by the target of the step and the groups of it. */
  const judged = (steps: PlanStep[], found: Map<string, ScannedGrant[]>) =>
    steps.map(step => {
      const target = scanner().targetOf(step) ?? '';
      const groups = scanner().keysOf(step);
      const grants = (found.get(target) ?? []).filter(one =>
        groups.includes(one.group),
      );
      const { state } = scanner().judge(
        step,
        grants.map(({ grant }) => grant),
      );
      return `${step.kind}: ${state}`;
    });

  it('finds what is granted to a role directly, and on the link', async () => {
    const steps = await entitled(
      anIntent({
        principal: roleArn('analytics', CONSUMER),
        port: aPort(['orders', 'customers']),
        tables: ['orders', { table: 'customers', columns: ['email'] }],
      }),
    );
    const { found } = await scanned(steps);
    const states = judged(steps, found);
    expect(states.filter(one => one.startsWith('grantPermissions'))).toEqual(
      states
        .filter(one => one.startsWith('grantPermissions'))
        .map(() => 'grantPermissions: present'),
    );
    expect(states).toEqual(
      expect.arrayContaining([
        'acceptShare: unseen',
        'resourceLink: unseen',
        'grantPermissions: present',
      ]),
    );
    // The share that carries a grant is told with it.
    const carried = [
      ...(found.get(`lake-formation/${ACCOUNT}/${REGION}`) ?? []),
    ]
      .filter(({ grant }) => grant.principal.name === 'analytics')
      .map(({ grant }) => grant.resourceShare);
    expect(carried.length).toBeGreaterThan(0);
    carried.forEach(share => expect(share).toMatch(/^arn:aws:ram:/));
  });

  it('finds what the administrator of the consumer has passed on', async () => {
    const steps = await entitled(anIntent({ principal: GROUP }));
    const passedOn = steps.filter(
      step =>
        step.accountId === CONSUMER &&
        (step.call.input as { CatalogId?: string }).CatalogId === ACCOUNT,
    );
    expect(passedOn).toHaveLength(1);
    const { found } = await scanned(steps);
    const [state] = judged(passedOn, found);
    expect(state).toBe('grantPermissions: present');
    // Each key is there once, whichever listing has it.
    for (const grants of found.values()) {
      expect(new Set(grants.map(({ key }) => key)).size).toBe(grants.length);
    }
    // What the owner granted to the account shows in the owner's catalog only.
    const consumers = found.get(`lake-formation/${CONSUMER}/${REGION}`) ?? [];
    expect(
      consumers.filter(({ grant }) => grant.principal.kind === 'account'),
    ).toEqual([]);
  });

  it('finds the same after a restart, and without knowing any step', async () => {
    const steps = await entitled(anIntent({ principal: GROUP }));
    const { found } = await scanned(steps);
    const fresh = new LakeFormationScanner({
      clients: accounts.clients,
      accounts: [],
      grants: { read: async () => [] },
      readPrincipal,
    });
    for (const target of scanner().targets([aPort()], steps)) {
      const keys: string[] = [];
      for await (const page of fresh.scan(target)) {
        keys.push(...page.grants.map(one => one.key));
      }
      expect(keys).toEqual(found.get(target.id)?.map(one => one.key));
    }
  });

  it('revokes what was passed on, in the name of the one who passed it on', async () => {
    const steps = await entitled(anIntent({ principal: GROUP }));
    const { found } = await scanned(steps);
    const target = scanner()
      .targets([aPort()], steps)
      .find(one => one.accountId === CONSUMER) as ScanTarget;
    const grants = (found.get(target.id) ?? []).filter(
      ({ grant }) =>
        grant.principal.id === GROUP && grant.resource.catalogId === ACCOUNT,
    );
    expect(grants.length).toBeGreaterThan(0);
    await scanner().revoke(target, {
      parts: grants.map(({ grant }) => grant),
      keeping: [],
    });
    const after = await scanned(steps);
    expect(
      (after.found.get(target.id) ?? []).filter(
        ({ grant }) =>
          grant.principal.id === GROUP && grant.resource.catalogId === ACCOUNT,
      ),
    ).toEqual([]);
  });

  it('explains all that a plan has put there, and nothing else', async () => {
    const intent = anIntent({
      principal: roleArn('analytics', CONSUMER),
      port: aPort(['orders', 'customers']),
    });
    const { provisioner } = accounts;
    const { live } = await new Entitlements(provisioner).grant(intent);
    const { found } = await scanned(live.map(({ step }) => step));
    for (const grants of found.values()) {
      for (const { grant } of grants) {
        if (grant.principal.name !== 'analytics') continue;
        const by = provisioner
          .compare(grant, { steps: live })
          .steps.map(step => step.brought);
        expect({ words: grant.resource.words, by }).toEqual({
          words: grant.resource.words,
          by: expect.arrayContaining(['full']),
        });
      }
    }
  });

  it('uses the name of the link in snippets', async () => {
    const intent = anIntent({ principal: roleArn('analytics', CONSUMER) });
    const steps = await entitled(intent);
    const link = steps.find(step => step.kind === 'resourceLink');
    const { Name } = (link?.call.input as { DatabaseInput?: { Name?: string } })
      .DatabaseInput as { Name: string };
    const [athena] = accounts.provisioner.usage.snippets({ ...intent, steps });
    expect(athena.text).toContain(`"AwsDataCatalog"."${Name}"."orders"`);
  });
});
