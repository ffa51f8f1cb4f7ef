import { setTimeout as pause } from 'node:timers/promises';
import type { EntitlementDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  ACCOUNTS,
  COLUMNS,
  CONSUMER,
  databaseOf,
  OWNER,
  PORTS,
  PRODUCER,
  useLakeMesh,
} from './__testUtils__/useLakeMesh';

const WRITES = ['GrantPermissions', 'BatchGrantPermissions'];

describe('requests that are approved together', () => {
  const mesh = useLakeMesh();

  const detail = (id: string) =>
    mesh.call<EntitlementDetail>(OWNER, 'get', `/entitlements/${id}`);

  const untilRunning = async (id: string) => {
    for (;;) {
      const { steps } = await detail(id);
      if (steps[0].state !== 'pending') return;
      await pause(10);
    }
  };

  it('are put into effect by calls that they share, and each reads its table until its end', async () => {
    const before = await Promise.all(ACCOUNTS.map(mesh.heldIn));
    const approvals = await Promise.all(
      PORTS.map(port =>
        mesh.asked({
          product: 'many',
          port,
          scope: { level: 'read', tables: [{ table: port }] },
          account: CONSUMER,
        }),
      ),
    );
    const since = mesh.emulator.calls.list().at(-1)?.id;
    // AWS takes its time for the first call: the others come meanwhile.
    const holds = WRITES.map(operation =>
      mesh.emulator.faults.add({ operation, account: PRODUCER, kind: 'hold' }),
    );
    const ids = await Promise.all(approvals.map(approve => approve()));
    await Promise.race(holds.map(hold => hold.reached()));
    await Promise.all(ids.map(untilRunning));
    holds.forEach(hold => hold.release());
    const active = await Promise.all(ids.map(id => mesh.untilIn(id, 'active')));

    const writes = mesh.emulator.calls
      .list({ since, account: PRODUCER })
      .flatMap(({ operation = '' }) =>
        WRITES.includes(operation) ? [operation] : [],
      );
    expect(writes).toContain('BatchGrantPermissions');
    expect(writes.length).toBeLessThanOrEqual(5);
    const names = new Set(active.map(({ steps }) => databaseOf(steps)));
    expect(names.size).toBe(1);
    const [database] = names;
    for (const port of PORTS) {
      expect(await mesh.columnsSeenBy(CONSUMER, database, port)).toEqual(
        COLUMNS,
      );
    }

    await Promise.all(
      active.map(({ id, version }) =>
        mesh.call(OWNER, 'post', `/entitlements/${id}/revoke`, {
          body: { reason: 'The question is answered' },
          version,
        }),
      ),
    );
    await Promise.all(ids.map(id => mesh.untilIn(id, 'revoked')));
    expect(await Promise.all(ACCOUNTS.map(mesh.heldIn))).toEqual(before);
  });
});
