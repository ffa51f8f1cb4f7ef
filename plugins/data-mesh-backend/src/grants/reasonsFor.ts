import type { Knex } from 'knex';
import type {
  ObservedGrant,
  ScanTarget,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Provisioner } from '@lakemesh/backstage-plugin-data-mesh-node';
import { explainObserved, type GrantReason } from './explainObserved';
import type { StandingReason } from '../store/grants/ObservedGrantRow';
import type { ObservedGrantRow } from '../store/tables';
import { mapInTurns } from '../turns';
import type { PortIndex } from './PortIndex';
import type { StepGroups } from './StepGroups';

/** What an explanation is made of, beside the database. */
export interface ReasonContext {
  provisioner: Provisioner;
  target: ScanTarget;
  /** When what is to be explained was looked at. */
  since: string;
  /** Absent where the catalog was not asked: products stay what they are. */
  ports?: PortIndex;
  /** Some products that were asked of it, where not all were. */
  somePorts?: PortIndex;
  /**
   * Whether the system's own rules were read with the grants, in this process;
   * else what was stored of them holds.
   */
  knowsStanding: boolean;
}

/** A grant to be explained. */
export type ReasonedRow = Pick<ObservedGrantRow, 'grant_key' | 'group_key'> & {
  grant: ObservedGrant;
  /** What is stored of it; nothing where it is new. */
  stored?: Pick<ObservedGrantRow, 'standing' | 'products'>;
};

/** Columns of `observed_grants` that say why a grant is there. */
export type ReasonColumns = Pick<
  ObservedGrantRow,
  | 'because'
  | 'entitlement_id'
  | 'words'
  | 'standing'
  | 'excess'
  | 'products'
  | 'product_ref'
>;

/** Reasons of grants by what the database knows, in their order. Reads only. */
export async function reasonsFor(
  groups: StepGroups,
  connection: Knex,
  context: ReasonContext,
  rows: readonly ReasonedRow[],
): Promise<ReasonColumns[]> {
  if (rows.length === 0) return [];
  const { provisioner, target } = context;
  const steps = await groups.behind(
    connection,
    target.id,
    rows.map(row => row.group_key),
    context.since,
  );
  const adopted = await adoptedGrants(connection, target.id, rows);
  return mapInTurns(rows, row => {
    const standing = standingOf(context, row);
    const reason = explainObserved(provisioner, row.grant, {
      steps: steps.get(row.group_key) ?? [],
      adopted: adopted.get(row.group_key),
      standing,
    });
    const products = productsAbout(context, row, reason);
    return {
      because: reason.because,
      entitlement_id: reason.entitlementId ?? null,
      words: reason.words ?? null,
      standing: standing ? JSON.stringify(standing) : null,
      excess: reason.excess.length > 0 ? JSON.stringify(reason.excess) : null,
      products: JSON.stringify(products),
      product_ref: products[0] ?? null,
    };
  });
}
function standingOf(
  { provisioner, target, knowsStanding }: ReasonContext,
  { grant, stored }: ReasonedRow,
): StandingReason | undefined {
  if (knowsStanding) return provisioner.scanner?.standing(target, grant);
  return stored?.standing
    ? (JSON.parse(stored.standing) as StandingReason)
    : undefined;
}

/** Whose ports the grant is on, and whose entitlements have to do with it. */
function productsAbout(
  { ports, somePorts }: ReasonContext,
  row: ReasonedRow,
  { productRefs }: GrantReason,
): string[] {
  const known = ports
    ? ports.productsOf(row.grant)
    : [...storedProducts(row), ...(somePorts?.productsOf(row.grant) ?? [])];
  return [...new Set([...known, ...productRefs])].sort();
}

function storedProducts({ stored }: ReasonedRow): string[] {
  return stored ? (JSON.parse(stored.products) as string[]) : [];
}

/**
 * What a person let stay, by group: a system may list what it was in other lines
 * by now.
 */
async function adoptedGrants(
  connection: Knex,
  targetId: string,
  rows: readonly ReasonedRow[],
): Promise<Map<string, ObservedGrant[]>> {
  const groups = new Set(rows.map(row => row.group_key));
  const found: Array<{ group_key: string; data: string }> = await connection(
    'adopted_grants',
  )
    .where({ target_id: targetId })
    .whereIn('group_key', [...groups])
    .whereNull('gone_at')
    .orderBy('id')
    .select('group_key', 'data');
  const adopted = new Map<string, ObservedGrant[]>();
  for (const row of found) {
    const there = adopted.get(row.group_key) ?? [];
    adopted.set(row.group_key, there);
    there.push(JSON.parse(row.data) as ObservedGrant);
  }
  return adopted;
}
