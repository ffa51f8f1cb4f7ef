import type { Knex } from 'knex';
import type {
  AccessScope,
  DecisionKind,
  NewDecision,
  UndoableDecision,
} from '@lakemesh/backstage-plugin-data-mesh-common';

interface UndoableDecisionRow {
  id: string;
  request_id: string;
  version: number;
  actor_ref: string;
  decision: DecisionKind;
  comment: string | null;
  narrowed_scope: string | null;
  narrowed_duration_days: number | null;
  decided_at: string;
  takes_effect_at: string;
  due_at: string;
  attempts: number;
}

/** A decision that is stored until it takes effect. */
export interface StoredDecision {
  id: string;
  requestId: string;
  /** Of the request that was decided on. */
  version: number;
  actorRef: string;
  decision: NewDecision;
  decidedAt: string;
  takesEffectAt: string;
  /** From then on any replica may carry it out. */
  dueAt: string;
  /** How often a replica has begun to carry it out; says whose turn it is. */
  attempts: number;
}

const TABLE = 'undoable_decisions';

/** As the API shows it. */
export function toUndoable(stored: StoredDecision): UndoableDecision {
  return {
    decision: stored.decision.decision,
    actorRef: stored.actorRef,
    takesEffectAt: stored.takesEffectAt,
  };
}

function toStored(row: UndoableDecisionRow): StoredDecision {
  return {
    id: row.id,
    requestId: row.request_id,
    version: row.version,
    actorRef: row.actor_ref,
    decision: {
      decision: row.decision,
      ...(row.comment && { comment: row.comment }),
      ...(row.narrowed_scope && {
        narrowedScope: JSON.parse(row.narrowed_scope) as AccessScope,
      }),
      ...(row.narrowed_duration_days !== null && {
        narrowedDurationDays: row.narrowed_duration_days,
      }),
    },
    decidedAt: row.decided_at,
    takesEffectAt: row.takes_effect_at,
    dueAt: row.due_at,
    attempts: row.attempts,
  };
}

/** Leaves out requests that somebody has decided undoably. */
export function whereNotDeciding(
  query: Knex.QueryBuilder,
  requestsTable: string,
): void {
  query.whereNotExists((inner: Knex.QueryBuilder) =>
    inner
      .from(TABLE)
      .whereRaw(`${TABLE}.request_id = ??`, [`${requestsTable}.id`]),
  );
}

/** Decisions that have not taken effect yet; at most one a request. */
export class UndoableDecisionStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  /** @returns false where there is one for the request already */
  async insert(tx: Knex.Transaction, stored: StoredDecision): Promise<boolean> {
    const { decision } = stored;
    const inserted = await tx<UndoableDecisionRow>(TABLE)
      .insert({
        id: stored.id,
        request_id: stored.requestId,
        version: stored.version,
        actor_ref: stored.actorRef,
        decision: decision.decision,
        comment: decision.comment ?? null,
        narrowed_scope: decision.narrowedScope
          ? JSON.stringify(decision.narrowedScope)
          : null,
        narrowed_duration_days: decision.narrowedDurationDays ?? null,
        decided_at: stored.decidedAt,
        takes_effect_at: stored.takesEffectAt,
        due_at: stored.dueAt,
        attempts: stored.attempts,
      })
      .onConflict('request_id')
      .ignore()
      .returning('id');
    return inserted.length === 1;
  }

  async find(requestId: string): Promise<StoredDecision | undefined> {
    const row = await this.#db<UndoableDecisionRow>(TABLE)
      .where({ request_id: requestId })
      .first();
    return row && toStored(row);
  }

  /** Of each of the requests that has one, as the API shows it. */
  async ofRequests(
    requestIds: readonly string[],
  ): Promise<Map<string, UndoableDecision>> {
    if (requestIds.length === 0) return new Map();
    const rows = await this.#db<UndoableDecisionRow>(TABLE)
      .whereIn('request_id', [...requestIds])
      .select('request_id', 'decision', 'actor_ref', 'takes_effect_at');
    return new Map(
      rows.map(row => [
        row.request_id,
        {
          decision: row.decision,
          actorRef: row.actor_ref,
          takesEffectAt: row.takes_effect_at,
        },
      ]),
    );
  }

  /** Those that any replica may carry out now, the oldest first. */
  async due(now: string, limit: number): Promise<StoredDecision[]> {
    const rows = await this.#db<UndoableDecisionRow>(TABLE)
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .limit(limit);
    return rows.map(toStored);
  }

  /**
   * Takes it up to be carried out.
   *
   * @param until - from then on another replica may
   * @returns undefined where it was undone, or another was faster
   */
  async claim(
    seen: StoredDecision,
    until: string,
  ): Promise<StoredDecision | undefined> {
    const claimed = {
      ...seen,
      attempts: seen.attempts + 1,
      dueAt: until,
    };
    const count = await this.#db<UndoableDecisionRow>(TABLE)
      .where({ id: seen.id, attempts: seen.attempts })
      .update({ attempts: claimed.attempts, due_at: until });
    return count === 1 ? claimed : undefined;
  }

  /** Takes out what is stored for the request, whoever has taken it up. */
  async take(
    tx: Knex.Transaction,
    requestId: string,
  ): Promise<StoredDecision | undefined> {
    const row = await tx<UndoableDecisionRow>(TABLE)
      .where({ request_id: requestId })
      .forUpdate()
      .first();
    if (!row) return undefined;
    await tx<UndoableDecisionRow>(TABLE).where({ id: row.id }).delete();
    return toStored(row);
  }

  /** @returns false where it is gone, or another replica has taken it up */
  async remove(
    tx: Knex.Transaction,
    { id, attempts }: StoredDecision,
  ): Promise<boolean> {
    const count = await tx<UndoableDecisionRow>(TABLE)
      .where({ id, attempts })
      .delete();
    return count === 1;
  }
}
