import type { Knex } from 'knex';
import type {
  AccessAnswer,
  Because,
  BecauseKind,
  ObservedGrant,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { GrantSeen } from '../sight';
import { excessOf, grantOf } from '../store/grants/ObservedGrantRow';
import type { ObservedGrantRow } from '../store/tables';
import {
  becauseOf,
  entitlementsBehind,
  type KnownEntitlement,
  type StoredReason,
} from '../grants/toGrants';

type Item = AccessAnswer['items'][number];
type ReasonKind = Item['reasons'][number]['kind'];

/** What an answer needs of a stored grant. */
interface Line extends StoredReason {
  id: string;
  /** Parts that nobody approved: all of it, or some. */
  open: ObservedGrant[];
}

const lower = (text: string | undefined) => text?.toLocaleLowerCase('en-US');

const bySystem: { [kind in ReasonKind]?: BecauseKind } = {
  administrator: 'administrator',
  'iam-allowed-principals': 'unrestricted',
};

/** Principal and place, to find stored grants by. */
function placeOf(
  row: Pick<ObservedGrantRow, 'principal' | 'database_name' | 'table_name'>,
): string {
  return JSON.stringify([row.principal, row.database_name, row.table_name]);
}

/**
 * Remembers the stored grants that an answer is made of, to say of each item
 * why it is there, as far as the caller may see that.
 */
export class AnswerReasons {
  readonly #lines = new Map<string, Line[]>();

  add(row: ObservedGrantRow): void {
    const { because, words, excess, entitlement_id } = row;
    const open = because === 'unexplained' ? [grantOf(row)] : excessOf(row);
    const line = { because, words, excess, entitlement_id, open };
    const place = placeOf(row);
    const there = this.#lines.get(place) ?? [];
    there.push({ id: String(row.id), ...line });
    this.#lines.set(place, there);
  }

  /** Items with the decisions and reasons behind them. */
  async explain(
    knex: Knex,
    items: readonly Item[],
    seen: GrantSeen,
  ): Promise<Item[]> {
    const lines = [...this.#lines.values()].flat();
    const entitlements = await entitlementsBehind(knex, lines);
    return items.map(item => this.#explained(item, entitlements, seen));
  }

  #explained(
    item: Item,
    entitlements: ReadonlyMap<string, KnownEntitlement>,
    seen: GrantSeen,
  ): Item {
    const becauses = (lines: readonly Line[]) =>
      lines.map(line => becauseOf(line, entitlements, seen));
    const behind = [
      ...new Set(item.reasons.flatMap(({ kind }) => this.#linesOf(item, kind))),
    ];
    const because = together(behind, becauses(behind)) ?? standing(item);
    const worst = behind.find(({ open }) => open.length > 0) ?? behind[0];
    return {
      ...item,
      ...(because && { because }),
      ...(worst && { grantId: worst.id }),
      reasons: item.reasons.map(reason => {
        const decision = becauses(this.#linesOf(item, reason.kind)).find(
          ({ requestId }) => requestId !== undefined,
        );
        return reason.entitlementId === undefined && decision
          ? {
              ...reason,
              entitlementId: decision.entitlementId,
              requestId: decision.requestId,
            }
          : reason;
      }),
    };
  }

  #linesOf({ principal, resource }: Item, kind: ReasonKind): readonly Line[] {
    const at = (table: string | undefined) =>
      this.#lines.get(
        placeOf({
          principal: principal.id,
          database_name: lower(resource.database) ?? null,
          table_name: lower(table) ?? null,
        }),
      ) ?? [];
    if (['direct', 'columns', 'filter'].includes(kind)) {
      return at(resource.table);
    }
    return ['all-tables', 'database'].includes(kind) ? at(undefined) : [];
  }
}

/**
 * One reason of all lines: what is approved of one and not of another is
 * approved and more.
 */
function together(
  lines: readonly Line[],
  becauses: readonly Because[],
): Because | undefined {
  const more = lines.flatMap(({ open }) => open);
  const explained = becauses.find(({ kind }) => kind !== 'unexplained');
  if (!explained) return becauses[0];
  return more.length > 0
    ? { ...explained, kind: 'approved-and-more', more }
    : explained;
}

function standing({ reasons }: Item): Because | undefined {
  const [kind] = reasons.flatMap(reason => bySystem[reason.kind] ?? []);
  return kind && { kind };
}
