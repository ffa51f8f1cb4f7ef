import { createHash } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import type { JsonValue } from '@backstage/types';
import { canonicalJson } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';

interface SubmissionRow {
  user_ref: string;
  idempotency_key: string;
  body_hash: string;
  group_id: string;
  created_at: string;
}

/** A submission that its sender may repeat without asking twice. */
export interface Submission {
  userRef: string;
  idempotencyKey: string;
  bodyHash: string;
}

/** Hash by which the same body is known again. */
export function hashOfBody(body: unknown): string {
  return createHash('sha256')
    .update(canonicalJson(body as JsonValue))
    .digest('hex');
}

/** Remembers what was made for each idempotency key. */
export class SubmissionStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  /**
   * @returns the group that was made the first time, if there was one
   * @throws ConflictError where the key was used for another body
   */
  async find(submission: Submission): Promise<string | undefined> {
    const row = await this.#db<SubmissionRow>('submissions')
      .where({
        user_ref: submission.userRef,
        idempotency_key: submission.idempotencyKey,
      })
      .first();
    if (row && row.body_hash !== submission.bodyHash) {
      throw new ConflictError(
        `The idempotency key '${submission.idempotencyKey}' was used for another request already; use a new key for a new request`,
      );
    }
    return row?.group_id;
  }

  /**
   * Takes the key. Of two at the same time, the second waits for the first.
   *
   * @throws ConflictError where the key is taken
   */
  async claim(
    tx: Knex.Transaction,
    submission: Submission,
    made: { groupId: string; at: string },
  ): Promise<void> {
    const inserted = await tx<SubmissionRow>('submissions')
      .insert({
        user_ref: submission.userRef,
        idempotency_key: submission.idempotencyKey,
        body_hash: submission.bodyHash,
        group_id: made.groupId,
        created_at: made.at,
      })
      .onConflict(['user_ref', 'idempotency_key'])
      .ignore()
      .returning('group_id');
    if (inserted.length !== 1) {
      throw new ConflictError(
        `The idempotency key '${submission.idempotencyKey}' is taken`,
      );
    }
  }
}
