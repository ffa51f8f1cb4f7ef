import type { Knex } from 'knex';
import type {
  AccessScope,
  Decision,
  RequestComment,
  Revision,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { readInParts, type LargeRows, type Narrow } from '../inParts';

interface DecisionRow {
  id: string;
  request_id: string;
  version: number;
  actor_ref: string;
  decision: Decision['decision'];
  stage: number;
  comment: string | null;
  narrowed_scope: string | null;
  narrowed_duration_days: number | null;
  at: string;
}

interface CommentRow {
  id: string;
  request_id: string;
  author_ref: string;
  text: string;
  at: string;
}

interface RevisionRow {
  request_id: string;
  number: number;
  author_ref: string;
  at: string;
  comment: string | null;
  before: string;
}

const decisions: LargeRows<DecisionRow> = {
  table: 'decisions',
  key: 'id',
  large: ['narrowed_scope'],
};

/** Decisions, comments and revisions of requests. */
export class HistoryStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  /** @param version - the version of the request that the decision led to */
  async addDecision(
    tx: Knex.Transaction,
    requestId: string,
    version: number,
    decision: Decision,
  ): Promise<void> {
    await tx<DecisionRow>('decisions').insert({
      id: decision.id,
      request_id: requestId,
      version,
      actor_ref: decision.actorRef,
      decision: decision.decision,
      stage: decision.stage,
      comment: decision.comment ?? null,
      narrowed_scope: decision.narrowedScope
        ? JSON.stringify(decision.narrowedScope)
        : null,
      narrowed_duration_days: decision.narrowedDurationDays ?? null,
      at: decision.at,
    });
  }

  async addComment(
    tx: Knex.Transaction,
    requestId: string,
    comment: RequestComment,
  ): Promise<void> {
    await tx<CommentRow>('request_comments').insert({
      id: comment.id,
      request_id: requestId,
      author_ref: comment.authorRef,
      text: comment.text,
      at: comment.at,
    });
  }

  /** To be called after the request's own row was written, which it is in line behind. */
  async addRevision(
    tx: Knex.Transaction,
    requestId: string,
    revision: Omit<Revision, 'number'>,
  ): Promise<void> {
    const [last] = await tx<RevisionRow>('request_revisions')
      .where('request_id', requestId)
      .orderBy('number', 'desc')
      .limit(1)
      .select('number');
    await tx<RevisionRow>('request_revisions').insert({
      request_id: requestId,
      number: (last?.number ?? 0) + 1,
      author_ref: revision.authorRef,
      at: revision.at,
      comment: revision.comment ?? null,
      before: JSON.stringify(revision.before),
    });
  }

  async decisionsOf(requestId: string): Promise<Decision[]> {
    const ofRequest: Narrow = query =>
      query.where('request_id', requestId).orderBy('version');
    return readInParts(this.#db, decisions, ofRequest, row => ({
      id: row.id,
      actorRef: row.actor_ref,
      decision: row.decision,
      stage: row.stage,
      ...(row.comment && { comment: row.comment }),
      ...(row.narrowed_scope && {
        narrowedScope: JSON.parse(row.narrowed_scope) as AccessScope,
      }),
      ...(row.narrowed_duration_days !== null && {
        narrowedDurationDays: row.narrowed_duration_days,
      }),
      at: row.at,
    }));
  }

  async commentsOf(requestId: string): Promise<RequestComment[]> {
    const rows = await this.#db<CommentRow>('request_comments')
      .where('request_id', requestId)
      .orderBy([{ column: 'at' }, { column: 'id' }]);
    return rows.map(row => ({
      id: row.id,
      authorRef: row.author_ref,
      text: row.text,
      at: row.at,
    }));
  }

  async revisionsOf(requestId: string): Promise<Revision[]> {
    const revisions: LargeRows<RevisionRow> = {
      table: 'request_revisions',
      within: { request_id: requestId },
      key: 'number',
      large: ['before'],
    };
    const inOrder: Narrow = query => query.orderBy('number');
    return readInParts(this.#db, revisions, inOrder, row => ({
      number: row.number,
      authorRef: row.author_ref,
      at: row.at,
      ...(row.comment && { comment: row.comment }),
      before: JSON.parse(row.before) as Revision['before'],
    }));
  }
}
