import { createHash } from 'node:crypto';
import {
  placeKey,
  type Place,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import type { Holding } from './PlaceBook';

interface PlaceRow {
  id: string;
  domain_ref: string;
  place: string;
  place_hash: string;
  except_places: string;
  narrower_wins: boolean | number;
  claim_id: string | null;
  taken_from: string | null;
  decided_by: string;
  reason: string;
  since: string;
  ended_at: string | null;
  ended_by: string | null;
  ended_because: string | null;
}

/** A place that governance gives to a domain. */
export interface NewHolding {
  id: string;
  domainRef: string;
  place: Place;
  except: readonly Place[];
  narrowerWins: boolean;
  claimId?: string;
  takenFrom?: string;
  decidedBy: string;
  reason: string;
  since: string;
}

/** By which the same place is known again. */
export function placeHash(place: Place): string {
  return createHash('sha256').update(placeKey(place)).digest('hex');
}

function holdingOf(row: PlaceRow): Holding {
  return {
    id: row.id,
    domainRef: row.domain_ref,
    place: JSON.parse(row.place) as Place,
    except: JSON.parse(row.except_places) as Place[],
    source: 'decision',
    narrowerWins: Boolean(row.narrower_wins),
    since: row.since,
    ...(row.claim_id && { claimId: row.claim_id }),
    decidedBy: row.decided_by,
  };
}

/** Places that governance gave to domains. */
export class PlaceStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  /** All that are held now. */
  async held(tx: Knex = this.#db): Promise<Holding[]> {
    const rows = await tx<PlaceRow>('places')
      .whereNull('ended_at')
      .orderBy(['since', 'id']);
    return rows.map(holdingOf);
  }

  /** Keeps other changes of places waiting until the transaction ends. */
  async takeTurn(tx: Knex.Transaction): Promise<void> {
    await tx('place_turns').where({ id: 1 }).update({ id: 1 });
  }

  async give(tx: Knex.Transaction, holding: NewHolding): Promise<void> {
    await tx<PlaceRow>('places').insert({
      id: holding.id,
      domain_ref: holding.domainRef,
      place: JSON.stringify(holding.place),
      place_hash: placeHash(holding.place),
      except_places: JSON.stringify(holding.except),
      narrower_wins: holding.narrowerWins,
      claim_id: holding.claimId ?? null,
      taken_from: holding.takenFrom ?? null,
      decided_by: holding.decidedBy,
      reason: holding.reason,
      since: holding.since,
    });
  }

  /** @returns whether it was held until now */
  async end(
    tx: Knex.Transaction,
    id: string,
    ended: { at: string; by: string; because: string },
  ): Promise<boolean> {
    const count = await tx<PlaceRow>('places')
      .where({ id })
      .whereNull('ended_at')
      .update({
        ended_at: ended.at,
        ended_by: ended.by,
        ended_because: ended.because,
      });
    return count === 1;
  }
}
