import { setTimeout as pause } from 'node:timers/promises';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import lakeFormationModule from '@lakemesh/backstage-plugin-data-mesh-backend-module-lake-formation';
import type {
  EntitlementDetail,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { startLakeFormationEmulator } from '@lakemesh/lake-formation-emulator';
import type { Knex } from 'knex';
import { AttackedCatalog } from './attackedCatalog';
import {
  ANA,
  ANALYST_ROLE,
  ATTACKER_ROLE,
  JO,
  SUE,
  VACATED,
  aTeam,
  attackedLake,
  company,
  companyConfig,
  ownProduct,
} from './attackedCompany';
import { watchLake } from './attackedLake';
import { startPortal } from './startPortal';

/** How long a step may take to be carried out. */
const SETTLE_MS = 30_000;

/**
 * A mesh in which Ana's team has access to orders, and a team that holds no
 * place and governs nothing begins its attack. One table in a place of others
 * was accepted as its product: so it has facts in force, access of its own, and
 * what may be widened.
 */
export async function startAttackedMesh(options: { knex: Knex }) {
  const { knex } = options;
  const emulator = await startLakeFormationEmulator({
    port: 0,
    seed: attackedLake,
  });
  const lake = watchLake(emulator);
  const catalog = new AttackedCatalog(company);
  catalog.register(aTeam('attackers', ATTACKER_ROLE));
  catalog.register(ownProduct());
  const tasks = new Map<string, (signal: AbortSignal) => unknown>();
  const portal = await startPortal({
    features: [
      lakeFormationModule,
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => catalog.service,
      }),
      mockServices.scheduler.mock({
        scheduleTask: async task => {
          tasks.set(task.id, signal => task.fn(signal));
        },
      }).factory,
      mockServices.database.factory({ knex }),
    ],
    config: companyConfig(emulator.url),
  });
  /** What is answered, refusals included. */
  const send = (
    userRef: string,
    path: string,
    sent: {
      body?: object;
      version?: number;
      headers?: { [name: string]: string };
    } = {},
  ) =>
    portal.send(userRef, path, {
      ...(sent.body && { body: sent.body }),
      headers: {
        ...sent.headers,
        ...(sent.version && { 'if-match': String(sent.version) }),
      },
    });
  const call = async <T>(...args: Parameters<typeof send>): Promise<T> => {
    const { status, text } = await send(...args);
    if (status >= 400) throw new Error(`${status}: ${text}`);
    return JSON.parse(text);
  };
  const runTask = async (id: string) => {
    await tasks.get(id)?.(new AbortController().signal);
  };

  /** Until nothing is left to be done in the lake. */
  const settled = async () => {
    const giveUp = Date.now() + SETTLE_MS;
    for (;;) {
      const busy = await knex('entitlements')
        .whereIn('state', ['provisioning', 'revoking'])
        .orWhereIn('change_state', ['applying', 'removing'])
        .select('id', 'state');
      if (busy.length === 0) return;
      if (Date.now() > giveUp) throw new Error(JSON.stringify(busy));
      await pause(20);
    }
  };

  const accessOfAna = async () => {
    const made = await call<{ items: RequestDetail[] }>(ANA, '/requests', {
      body: {
        productRef: 'dataproduct:default/orders',
        port: 'lake',
        scope: { level: 'read', tables: [{ table: 'orders' }] },
        principals: [ANALYST_ROLE],
        purpose: 'analytics',
        durationDays: 30,
      },
    });
    const [{ id, version }] = made.items;
    const { entitlementId } = await call<RequestDetail>(
      JO,
      `/requests/${id}/decisions`,
      { body: { decision: 'approve' }, version },
    );
    await settled();
    return call<EntitlementDetail>(ANA, `/entitlements/${entitlementId}`);
  };

  /** What waits for somebody, decided as it is. */
  const publish = async (userRef: string, productRef: string) => {
    const waiting = await knex('publications')
      .where({ product_ref: productRef })
      .first('id', 'version', 'waiting', 'differences');
    if (waiting.waiting === 0) return;
    const differences: Array<{ id: string }> = JSON.parse(waiting.differences);
    await call(userRef, `/publications/${waiting.id}/decisions`, {
      version: waiting.version,
      body: { accept: differences.map(({ id }) => id), sendBack: [] },
    });
  };

  const access = await accessOfAna();
  // That Ana gets what the attackers must not shows that it could be had.
  const vended = await send(ANA, `/entitlements/${access.id}/credentials`, {
    body: { table: 'orders' },
  });
  await runTask('data-mesh-publish');
  await publish(SUE, 'dataproduct:default/notes');
  catalog.remove(VACATED);
  await runTask('data-mesh-publish');
  await runTask('data-mesh-names');
  await lake.begin();

  return {
    access,
    vended: vended.status,
    catalog,
    knex,
    tasks: [...tasks.keys()],
    runTask,
    send,
    settled,
    /** What others hold that was given or changed since it was rightful. */
    async given(): Promise<string[]> {
      await settled();
      return lake.news();
    },
    /** What Ana's team got of orders, its owners gave it. */
    async others(act: () => Promise<void>): Promise<void> {
      await act();
      await settled();
      await lake.news();
      lake.accept(
        one => one.includes(ANALYST_ROLE) && one.includes('"Name":"orders"'),
      );
    },
    async stop() {
      lake.stop();
      await portal.stop();
      await emulator.stop();
    },
  };
}

export type AttackedMesh = Awaited<ReturnType<typeof startAttackedMesh>>;
