import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import { FakeProvisioner } from '../testing/FakeProvisioner';
import { FakeSystemError } from '../testing/FakeSystem';
import { testDatabases } from '../testing/databases';
import {
  aCaller,
  anApproval,
  aPort,
  ProvisioningWorld,
} from '../testing/provisioningFixture';
import { defaultWorkerConfig } from './workerConfig';
import { retryEntitlement } from '../entitlements/actions/reapplying';

const databases = testDatabases();
const columns = ['id', 'amount'].map(name => ({ name, type: 'string' }));

/** Tells of each call, before it is made. */
class CountingProvisioner extends FakeProvisioner {
  onApply: (step: PlanStep) => Promise<void> = async () => {};

  override async apply(
    step: PlanStep,
    context: Parameters<FakeProvisioner['apply']>[1],
  ): Promise<void> {
    await this.onApply(step);
    await super.apply(step, context);
  }
}

describe.each(databases.eachSupportedId())('the queue on %s', databaseId => {
  let world: ProvisioningWorld;
  beforeEach(async () => {
    world = await ProvisioningWorld.on(await databases.migrated(databaseId));
  });

  it('does not let a thousand tables delay one by more than a few steps', async () => {
    const provisioner = new CountingProvisioner(world.system);
    const replica = world.replica({ provisioner });
    const names = Array.from({ length: 1000 }, (_, index) => `table_${index}`);
    const port = aPort({ tables: names.map(name => ({ name, columns })) });
    const large = await world.approve(
      replica,
      anApproval({
        port,
        principal: 'fake:large',
        tables: Object.fromEntries(names.map(name => [name, 'all' as const])),
      }),
    );
    const order: string[] = [];
    let small: string | undefined;
    const smallIsDone = new Promise<void>(resolve => {
      provisioner.onApply = async step => {
        const { principal } = step.call.input;
        order.push(String(principal));
        if (order.length === 40) {
          small = await world.approve(
            replica,
            anApproval({ principal: 'fake:small' }),
          );
        }
        if (principal === 'fake:small') resolve();
      };
    });

    replica.start();
    await smallIsDone;
    await replica.stop();

    // Those that were under way when it came, and one round.
    expect(order.indexOf('fake:small') - 40).toBeLessThanOrEqual(
      2 * defaultWorkerConfig.concurrency,
    );
    expect(small).toBeDefined();
    expect(await world.entitlement(large)).toMatchObject({
      state: 'provisioning',
    });
  });

  it('takes turns among the large ones too', async () => {
    const provisioner = new CountingProvisioner(world.system);
    const replica = world.replica({ provisioner, config: { concurrency: 1 } });
    const names = Array.from({ length: 12 }, (_, index) => `table_${index}`);
    for (const owner of ['a', 'b', 'c']) {
      const port = aPort({
        location: { database: owner },
        tables: names.map(name => ({ name, columns })),
      });
      await world.approve(
        replica,
        anApproval({
          port,
          principal: `fake:${owner}`,
          tables: Object.fromEntries(names.map(name => [name, 'all' as const])),
        }),
      );
    }
    const order: string[] = [];
    provisioner.onApply = async step => {
      order.push(String(step.call.input.principal));
    };
    await replica.runUntilIdle();
    for (let start = 0; start < order.length; start += 3) {
      expect(new Set(order.slice(start, start + 3)).size).toBe(3);
    }
  });

  it('works the items of one group off one after the other, and records what failed of them', async () => {
    const provisioner = new CountingProvisioner(world.system);
    const replica = world.replica({ provisioner });
    const other = await world.approve(
      replica,
      anApproval({
        principal: 'fake:other',
        tables: { customers: 'all', returns: 'all' },
      }),
    );
    // One submission for five principals: all on the same table.
    const group: string[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      group.push(
        await world.approve(
          replica,
          anApproval({ principal: `fake:${name}`, requestId: `r-${name}` }),
        ),
      );
    }
    let busy = 0;
    let most = 0;
    provisioner.onApply = async step => {
      const { principal, table } = step.call.input;
      if (principal === 'fake:c') {
        throw new FakeSystemError('NoSuchPrincipal', 'permanent');
      }
      if (table !== 'sales.orders') return;
      busy += 1;
      most = Math.max(most, busy);
      await new Promise(resolve => setImmediate(resolve));
      busy -= 1;
    };
    await replica.runUntilIdle();

    expect(most).toBe(1);
    const states = await Promise.all(
      [...group, other].map(async id => (await world.entitlement(id)).state),
    );
    expect(states).toEqual([
      'active',
      'active',
      'failed',
      'active',
      'active',
      'active',
    ]);
    expect(await world.entitlement(group[2])).toMatchObject({
      failedFrom: 'provisioning',
      error: { code: 'NoSuchPrincipal' },
    });
    expect(await world.steps(group[2])).toMatchObject([
      { state: 'failed', attempts: 1 },
    ]);
  });

  it('keeps what succeeded of one that failed in part, for the next try', async () => {
    const provisioner = new CountingProvisioner(world.system);
    const replica = world.replica({ provisioner });
    const id = await world.approve(
      replica,
      anApproval({
        tables: { orders: 'all', customers: 'all', returns: 'all' },
      }),
    );
    const othersAreDone = async () => {
      let done = 0;
      while (done < 2) {
        const steps = await world.steps(id);
        done = steps.filter(({ state }) => state === 'done').length;
      }
    };
    let isRefused = true;
    provisioner.onApply = async step => {
      if (isRefused && step.call.input.table === 'sales.customers') {
        // What has not been begun by then would not be begun any more.
        await othersAreDone();
        throw new FakeSystemError('AccessDenied', 'permanent');
      }
    };
    await replica.runUntilIdle();
    expect(await world.entitlement(id)).toMatchObject({ state: 'failed' });
    expect((await world.steps(id)).map(step => step.state)).toEqual([
      'done',
      'failed',
      'done',
    ]);

    isRefused = false;
    const { version } = await world.entitlement(id);
    await retryEntitlement(
      replica.entitlements,
      aCaller('user:default/ana'),
      id,
      {
        version,
      },
    );
    await replica.runUntilIdle();
    expect(await world.entitlement(id)).toMatchObject({ state: 'active' });
    expect((await world.steps(id)).map(step => step.attempts)).toEqual([
      1, 1, 1,
    ]);
  });
});
