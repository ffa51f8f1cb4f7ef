import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import {
  scopeForm,
  type AccessScope,
  type OutputPort,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AuditLog } from '../audit/AuditLog';
import type { NewlyReachedRule } from '../config/readPolicyRules';
import type { MoveEntitlement } from '../drift/Repairer';
import { rowsInParts, type LargeRows } from '../store/inParts';
import type { EntitlementRow } from '../store/tables';
import { SYSTEM_ACTOR } from '../identity/Caller';
import type { Tell } from '../events';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { findReach } from '../requests/reach/findReach';
import {
  protectedReach,
  type ProtectedThing,
} from '../requests/reach/protectedReach';
import type { JudgeSources } from '../requests/reach/sources';
import { beginSuspension } from '../entitlements/lifecycle/ending';

type Row = Pick<
  EntitlementRow,
  | 'id'
  | 'request_id'
  | 'product_ref'
  | 'product_title'
  | 'product_owner_ref'
  | 'port'
  | 'port_type'
  | 'port_snapshot'
  | 'scope'
  | 'protected_reach'
>;

const AT_ONCE = 100;
/** As many as a page shows and the audit trail keeps. */
const MOST_TOLD = 100;

/** What looking and acting takes. */
export interface NewlyReachedDeps {
  knex: Knex;
  audit: Pick<AuditLog, 'append'>;
  provisioners: ProvisionerRegistry;
  sources: JudgeSources;
  stewards: readonly string[];
  /** What config says that happens to the access. */
  rule: NewlyReachedRule;
  /** Moves an entitlement, and has the worker take up what that means. */
  move: MoveEntitlement;
  /** Asks about what is suspended and not asked about yet. */
  ask(signal?: AbortSignal): Promise<void>;
  events: Tell;
  timeoutMs: number;
  logger: LoggerService;
}

/**
 * Tells when access by tags or to all tables of a database reaches something
 * protected that it did not reach when it was approved, or last looked at. Where
 * config says so, the access is suspended until its approvers decide.
 *
 * Looks at all access whose scope names no tables. What was suspended before
 * and not asked about, as after a crash, is asked about now.
 */
export async function findNewlyReached(
  deps: NewlyReachedDeps,
  signal?: AbortSignal,
): Promise<void> {
  await look(deps, signal);
  if (!signal?.aborted) await deps.ask(signal);
}

const largeRows: LargeRows<Row> = {
  table: 'entitlements',
  key: 'id',
  large: ['port_snapshot', 'scope', 'protected_reach'],
  columns: [
    'id',
    'request_id',
    'product_ref',
    'product_title',
    'product_owner_ref',
    'port',
    'port_type',
    'port_snapshot',
    'scope',
    'protected_reach',
  ],
};

async function look(
  deps: NewlyReachedDeps,
  signal?: AbortSignal,
): Promise<void> {
  // What one entitlement looks up serves the others.
  const together = {};
  let after = '';
  while (!signal?.aborted) {
    const found: Array<Pick<Row, 'id'>> = await deps
      .knex<EntitlementRow>('entitlements')
      .where('state', 'active')
      .andWhere('id', '>', after)
      // What a change will reach is not what is reached now.
      .andWhere(still =>
        still.whereNull('change_state').orWhere('change_state', 'failed'),
      )
      .orderBy('id')
      .limit(AT_ONCE)
      .select('id');
    const rows = rowsInParts(deps.knex, largeRows, query =>
      query
        .whereIn(
          'id',
          found.map(({ id }) => id),
        )
        .orderBy('id'),
    );
    for await (const row of rows) {
      if (signal?.aborted) return;
      const scope = JSON.parse(row.scope) as AccessScope;
      if (scopeForm(scope) === 'tables') continue;
      try {
        await lookAt(deps, row, scope, together);
      } catch (error) {
        deps.logger.warn(
          `It could not be found out what the entitlement ${row.id} reaches`,
          error instanceof Error ? error : undefined,
        );
      }
    }
    if (found.length < AT_ONCE) return;
    after = found[found.length - 1].id;
  }
}

async function lookAt(
  deps: NewlyReachedDeps,
  row: Row,
  scope: AccessScope,
  together: object,
): Promise<void> {
  const { provisioners, sources, timeoutMs } = deps;
  const provisioner = provisioners.find(row.port_type);
  const { facts, contested } = await sources.published.find(
    row.product_ref,
    row.port,
  );
  if (!provisioner || !facts) return;
  const found = await findReach(
    { ...sources, timeoutMs },
    {
      productRef: row.product_ref,
      port: JSON.parse(row.port_snapshot) as OutputPort,
      facts,
      contested,
      requestable: true,
    },
    provisioner,
    scope,
    together,
  );
  // Of what is not known to be all, nothing is taken for gone.
  if (found.reach.unknown) return;
  const things = protectedReach(found.reach, facts.domainRef);
  const known = row.protected_reach
    ? new Set(JSON.parse(row.protected_reach) as string[])
    : undefined;
  const added = things.filter(({ key }) => !known?.has(key));
  const isSame = added.length === 0 && known?.size === things.length;
  if (isSame) return;
  const isNews = known !== undefined && added.length > 0;
  const suspends = isNews && deps.rule === 'suspend';
  if (suspends) {
    // What was approved stays known as that until the rest is approved too.
    if (!(await suspend(deps, row, added))) return;
  } else {
    if (!(await remember(deps, row, things, known ? added : []))) return;
  }
  // Of access from before this was kept, nobody knows what is new.
  if (!isNews) return;
  deps.events.emit('newlyReached', {
    suspended: suspends,
    entitlementId: row.id,
    requestId: row.request_id,
    productRef: row.product_ref,
    productTitle: row.product_title,
    to: recipients(deps, row, added, found.domainOwners),
    words: added.map(({ words }) => words),
  });
}

/** @returns false where it was changed or ended meanwhile */
async function suspend(
  deps: NewlyReachedDeps,
  row: Row,
  added: readonly ProtectedThing[],
): Promise<boolean> {
  let suspended = false;
  await deps.move(row.id, async (tx, before, lifecycle) => {
    const isSame =
      before.state === 'active' &&
      (before.change_state === null || before.change_state === 'failed') &&
      before.scope === row.scope &&
      before.protected_reach === row.protected_reach;
    if (!isSame) return before;
    suspended = true;
    return beginSuspension(lifecycle, tx, before, {
      reason: 'It newly reaches what nobody has approved',
      newlyReached: added.slice(0, MOST_TOLD).map(({ words }) => words),
    });
  });
  return suspended;
}

/** @returns false where another look was first */
async function remember(
  deps: NewlyReachedDeps,
  row: Row,
  things: readonly ProtectedThing[],
  added: readonly ProtectedThing[],
): Promise<boolean> {
  const { knex, audit } = deps;
  return knex.transaction(async tx => {
    const updated = await tx('entitlements')
      .where({ id: row.id, protected_reach: row.protected_reach })
      .update({
        protected_reach: JSON.stringify(things.map(({ key }) => key)),
      });
    if (updated === 0) return false;
    if (added.length === 0) return true;
    await audit.append(tx, {
      actorRef: SYSTEM_ACTOR,
      action: 'entitlement.newly-reached',
      subject: `entitlement:${row.id}`,
      after: { newlyReached: added.map(({ words }) => words) },
      correlationId: row.id,
    });
    return true;
  });
}

function recipients(
  deps: NewlyReachedDeps,
  row: Row,
  added: readonly ProtectedThing[],
  domainOwners: { [domainRef: string]: string | undefined },
): string[] {
  const { stewards, sources } = deps;
  const refs = [
    row.product_owner_ref,
    ...(added.some(({ isPersonal }) => isPersonal) ? stewards : []),
    ...added.flatMap(({ ownerRefs }) => ownerRefs),
    ...added.flatMap(({ domainRefs }) =>
      domainRefs.flatMap(ref => domainOwners[ref] ?? []),
    ),
    ...(added.some(({ domainRefs }) => domainRefs.length === 0)
      ? sources.governance
      : []),
  ];
  return [...new Set(refs)];
}
