import { setImmediate } from 'node:timers/promises';
import type {
  AuditEvent,
  NewDecision,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import { GIL } from './meshFixture';
import { ManualClock, ManualTimers } from './provisioningFixture';
import { decided, startMesh, type Mesh } from './startMesh';

type Seen = Parameters<typeof decided>[2];
type Options = Omit<Parameters<typeof startMesh>[0], 'knex' | 'now' | 'timers'>;

/** A mesh whose approvers can undo, with a clock and timers that are moved. */
export class UndoWorld {
  readonly clock = new ManualClock();
  readonly #running = new Map<Mesh, ManualTimers>();

  private constructor(readonly knex: Knex) {}

  static async start(knex: Knex, options: Options = {}) {
    const world = new UndoWorld(knex);
    return { world, mesh: await world.replica(options) };
  }

  /** One more backend on the same database. */
  async replica(options: Options = {}): Promise<Mesh> {
    const timers = new ManualTimers();
    const { knex, clock } = this;
    const mesh = await startMesh({ ...options, knex, timers, now: clock.now });
    this.#running.set(mesh, timers);
    return mesh;
  }

  async die(mesh: Mesh): Promise<void> {
    this.#running.delete(mesh);
    await mesh.stop();
  }

  async stop(): Promise<void> {
    for (const mesh of this.#running.keys()) await this.die(mesh);
  }

  /** Has the timers of all replicas go off. */
  fireTimers(): void {
    for (const timers of this.#running.values()) timers.fireOnce();
  }

  /** Waits until all stored decisions took effect or fell away. */
  async settled(): Promise<void> {
    while (await this.knex('undoable_decisions').first()) await setImmediate();
  }

  /** Lets the time to undo pass. */
  async takeEffect(): Promise<void> {
    this.clock.advance({ seconds: 5 });
    this.fireTimers();
    await this.settled();
  }
}

/** Looks for decisions that are overdue. */
export async function passOf(mesh: Mesh): Promise<void> {
  await mesh.runTask('data-mesh-undoable-decisions');
}

/** Decides so that it can be undone; without a decision, approves. */
export function undoably(
  mesh: Mesh,
  userRef: string,
  seen: Seen,
  decision: NewDecision = { decision: 'approve' },
) {
  return decided(mesh, userRef, seen, { ...decision, undoable: true });
}

/** Takes it back. */
export function undo(mesh: Mesh, userRef: string, { id }: Seen) {
  return mesh.as(userRef).post(`/v1/requests/${id}/decisions/undo`, {});
}

/** The request as somebody sees it. */
export async function detailOf(mesh: Mesh, userRef: string, { id }: Seen) {
  return (await mesh.as(userRef).get(`/v1/requests/${id}`)).body;
}

/** How many requests somebody is to decide, by the list and by the counts. */
export async function toDecide(mesh: Mesh, userRef: string) {
  const list = await mesh.as(userRef).get('/v1/requests?view=toDecide');
  const counts = await mesh.as(userRef).get('/v1/requests/counts');
  return { listed: list.body.items.length, counted: counts.body.toDecide };
}

/** What the audit trail has of a request, oldest first. */
export async function trailOf(mesh: Mesh, { id }: Seen): Promise<AuditEvent[]> {
  const { body } = await mesh.as(GIL).get(`/v1/audit?subject=request:${id}`);
  return body.items.reverse();
}
