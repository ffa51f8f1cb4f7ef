import type { Entity } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import { givesPower } from './refKinds';
import { judgeIdentity, type AnchorRow, type Identity } from './judgeIdentity';
import { originOf } from './originOf';

/** More would be too many variables for SQLite. */
const MOST_REFS = 500;

/** Remembers who stands behind trusted names, and tells when that changes. */
export class NameAnchors {
  readonly #knex: Knex;
  readonly #trustedLocations: readonly string[];
  readonly #clock: () => Date;

  constructor(options: {
    knex: Knex;
    trustedLocations: readonly string[];
    clock: () => Date;
  }) {
    this.#knex = options.knex;
    this.#trustedLocations = options.trustedLocations;
    this.#clock = options.clock;
  }

  /** Whether the entity under a name is who the mesh trusts. */
  async check(ref: string, entity: Entity): Promise<Identity> {
    const found = await this.checkAll(new Map([[ref, entity]]));
    return found.get(ref) ?? 'first-seen';
  }

  /** The same for many, at the cost of one query. */
  async checkAll(
    entities: ReadonlyMap<string, Entity>,
  ): Promise<ReadonlyMap<string, Identity>> {
    const anchors = await this.find([...entities.keys()].filter(givesPower));
    const context = {
      trustedLocations: this.#trustedLocations,
      now: this.#clock(),
    };
    return new Map(
      [...entities].map(([ref, entity]) => [
        ref,
        judgeIdentity(anchors.get(ref), entity, context),
      ]),
    );
  }

  /**
   * Those of the entities that are who the mesh trusts. Who only took a name
   * over stands for nobody until governance accepts it.
   */
  readonly standing = async (
    entities: ReadonlyMap<string, Entity>,
  ): Promise<ReadonlyMap<string, Entity>> => {
    const identities = await this.checkAll(entities);
    return new Map(
      [...entities].filter(([ref]) => identities.get(ref) !== 'replaced'),
    );
  };

  /** What is remembered of the names. */
  async find(refs: readonly string[]): Promise<ReadonlyMap<string, AnchorRow>> {
    const found = new Map<string, AnchorRow>();
    for (let start = 0; start < refs.length; start += MOST_REFS) {
      const rows = await this.#knex<AnchorRow>('trusted_names').whereIn(
        'ref',
        refs.slice(start, start + MOST_REFS),
      );
      for (const row of rows) found.set(row.ref, row);
    }
    return found;
  }

  /**
   * Remembers who stands behind names that are trusted: whoever is seen first,
   * and whoever comes from a trusted location. Writes nothing where nothing is
   * new.
   *
   * @param refs - names that something trusts
   * @param entities - those of them that exist
   */
  async remember(
    refs: readonly string[],
    entities: ReadonlyMap<string, Entity>,
  ): Promise<void> {
    const powerful = [...new Set(refs)].filter(givesPower);
    const anchors = await this.find(powerful);
    const now = this.#clock();
    const at = now.toISOString();
    for (const ref of powerful) {
      const entity = entities.get(ref);
      const anchor = anchors.get(ref);
      if (!entity) {
        if (!anchor) await this.#add(identityRow(ref, { missing_since: at }));
        continue;
      }
      const context = { trustedLocations: this.#trustedLocations, now };
      const identity = judgeIdentity(anchor, entity, context);
      if (identity === 'replaced') continue;
      if (anchor && anchor.first_seen_at !== null && isAs(anchor, entity)) {
        continue;
      }
      const seen = {
        ...identityOf(entity),
        first_seen_at: anchor?.first_seen_at ?? at,
      };
      if (!anchor) await this.#add(identityRow(ref, seen));
      else await this.#change(anchor, { ...seen, missing_since: null });
    }
  }

  /** Takes the entity for who the mesh trusts from now on. */
  async accept(
    tx: Knex.Transaction,
    ref: string,
    entity: Entity,
    decision: { actorRef: string; reason: string },
  ): Promise<void> {
    const at = this.#clock().toISOString();
    await tx<AnchorRow>('trusted_names')
      .insert(
        identityRow(ref, {
          ...identityOf(entity),
          first_seen_at: at,
          accepted_by: decision.actorRef,
          accepted_at: at,
          reason: decision.reason,
        }),
      )
      .onConflict('ref')
      .merge();
  }

  /** Another replica may have been faster, and saw the same. */
  async #add(row: AnchorRow): Promise<void> {
    await this.#knex<AnchorRow>('trusted_names')
      .insert(row)
      .onConflict('ref')
      .ignore();
  }

  /** Only while it is as it was read: an acceptance must not be undone. */
  async #change(anchor: AnchorRow, change: Partial<AnchorRow>): Promise<void> {
    const { ref, uid, origin, first_seen_at } = anchor;
    await this.#knex<AnchorRow>('trusted_names')
      .where({ ref, uid, origin, first_seen_at })
      .update(change);
  }
}

function identityOf(entity: Entity): Pick<AnchorRow, 'uid' | 'origin'> {
  return {
    uid: entity.metadata.uid ?? null,
    origin: originOf(entity) ?? null,
  };
}

function isAs(anchor: AnchorRow, entity: Entity): boolean {
  const { uid, origin } = identityOf(entity);
  return anchor.uid === uid && anchor.origin === origin;
}

function identityRow(ref: string, row: Partial<AnchorRow>): AnchorRow {
  return {
    ref,
    uid: null,
    origin: null,
    first_seen_at: null,
    missing_since: null,
    accepted_by: null,
    accepted_at: null,
    reason: null,
    ...row,
  };
}
