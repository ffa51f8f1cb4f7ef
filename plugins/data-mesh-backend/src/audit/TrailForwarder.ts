import type { LoggerService } from '@backstage/backend-plugin-api';
import type { AuditEvent } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import { rowsInParts } from '../store/inParts';
import { eventOf, largeEvents } from './AuditEventRow';

/** Where the audit trail is passed on to. */
export interface TrailDestination {
  /** Its row in `audit_forwarding`. */
  name: string;
  /** Only events of this action; all where left out. */
  action?: string;
  /** @returns when the event has arrived, as far as that can be known */
  send(event: AuditEvent): Promise<void>;
}

interface ForwardingRow {
  destination: string;
  /** Of the last event that has arrived. */
  sequence: number;
  lease_owner: string | null;
  lease_until: string | null;
}

const BATCH = 100;
const LEASE_MS = 60_000;

/**
 * Passes the events of the audit trail on, once they are committed: each at
 * least once, in their order, by one replica at a time. How far it came is
 * stored, so that whoever goes on after a crash sends nothing out of order, and
 * at most the last batch again.
 */
export class TrailForwarder {
  readonly #knex: Knex;
  readonly #destination: TrailDestination;
  readonly #logger: LoggerService;
  readonly #clock: () => Date;
  readonly #newId: () => string;
  #running: Promise<void> | undefined;
  #wokenMeanwhile = false;
  #stopped = false;

  constructor(options: {
    knex: Knex;
    destination: TrailDestination;
    logger: LoggerService;
    clock: () => Date;
    newId: () => string;
  }) {
    this.#knex = options.knex;
    this.#destination = options.destination;
    this.#logger = options.logger;
    this.#clock = options.clock;
    this.#newId = options.newId;
  }

  /**
   * Passes on what there is, unless another replica does. A call meanwhile makes
   * it look once more.
   *
   * @returns when there was nothing left, or it cannot go on for now
   */
  async forward(): Promise<void> {
    if (this.#running) {
      this.#wokenMeanwhile = true;
      return this.#running;
    }
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Begins no other event. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      do {
        this.#wokenMeanwhile = false;
        // Whoever finds the lease taken leaves its events to the holder, which
        // therefore looks again after giving the lease back.
        while (!this.#stopped && (await this.#isBehind())) {
          const token = this.#newId();
          if (!(await this.#takeLease(token))) return;
          try {
            await this.#drain(token);
          } finally {
            await this.#giveBack(token);
          }
        }
      } while (this.#wokenMeanwhile);
    } catch (error) {
      this.#logger.error(
        `The audit trail could not be passed on to ${
          this.#destination.name
        }; it is tried again`,
        error instanceof Error ? error : new Error(String(error)),
      );
    }
  }

  async #drain(token: string): Promise<void> {
    let { sequence } = await this.#row();
    let lease = this.#clock().getTime();
    for (;;) {
      const before = sequence;
      const rows = rowsInParts(this.#knex, largeEvents, query =>
        this.#narrow(query, before).limit(BATCH),
      );
      let count = 0;
      try {
        for await (const row of rows) {
          count += 1;
          if (this.#stopped) return;
          if (this.#clock().getTime() - lease > LEASE_MS / 3) {
            if (!(await this.#store(token, sequence))) return;
            lease = this.#clock().getTime();
          }
          await this.#destination.send(eventOf(row));
          sequence = row.sequence;
        }
      } finally {
        if (sequence > before) await this.#store(token, sequence);
      }
      if (count < BATCH) return;
      if (!(await this.#store(token, sequence))) return;
      lease = this.#clock().getTime();
    }
  }

  /** Those after one that are for the destination, in their order. */
  #narrow(events: Knex.QueryBuilder, sequence: number) {
    const { action } = this.#destination;
    if (action) events.where({ action });
    return events.where('sequence', '>', sequence).orderBy('sequence');
  }

  async #isBehind(): Promise<boolean> {
    const { sequence } = await this.#row();
    const next = await this.#narrow(this.#knex('audit_events'), sequence).first(
      'sequence',
    );
    return next !== undefined;
  }

  /** A destination that is new gets everything that is for it. */
  async #row(): Promise<Pick<ForwardingRow, 'sequence'>> {
    const destination = this.#destination.name;
    const find = () =>
      this.#knex<ForwardingRow>('audit_forwarding')
        .where({ destination })
        .first('sequence');
    const row = await find();
    if (row) return row;
    await this.#knex('audit_forwarding')
      .insert({ destination, sequence: 0 })
      .onConflict('destination')
      .ignore();
    return (await find()) ?? { sequence: 0 };
  }

  async #takeLease(token: string): Promise<boolean> {
    const now = this.#clock();
    const taken = await this.#knex<ForwardingRow>('audit_forwarding')
      .where({ destination: this.#destination.name })
      .andWhere(free =>
        free
          .whereNull('lease_until')
          .orWhere('lease_until', '<=', now.toISOString()),
      )
      .update({ lease_owner: token, lease_until: this.#leaseEnd() });
    return taken === 1;
  }

  /** @returns false where the lease has gone to another replica */
  async #store(token: string, sequence: number): Promise<boolean> {
    const held = await this.#knex<ForwardingRow>('audit_forwarding')
      .where({ destination: this.#destination.name, lease_owner: token })
      .update({ sequence, lease_until: this.#leaseEnd() });
    return held === 1;
  }

  async #giveBack(token: string): Promise<void> {
    await this.#knex<ForwardingRow>('audit_forwarding')
      .where({ destination: this.#destination.name, lease_owner: token })
      .update({ lease_owner: null, lease_until: null });
  }

  #leaseEnd(): string {
    return new Date(this.#clock().getTime() + LEASE_MS).toISOString();
  }
}
