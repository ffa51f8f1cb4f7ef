import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  principalInWords,
  driftResolvePermission,
  entitlementReadPermission,
  grantsReadPermission,
  type DriftAction,
  type DriftItem,
  type DriftPage,
  type DriftQuery,
  type DriftResolution,
  type NewDriftResolution,
  type RevocationEffect,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  concernedBy,
  principalOf,
  toEntitlement,
} from '../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../store/tables';
import type { ObservedGrantRow } from '../store/tables';
import { excessOf, grantOf } from '../store/grants/ObservedGrantRow';
import { toGrants } from '../grants/toGrants';
import { liveByKeys } from '../store/grants/observedGrants';
import type { Caller } from '../identity/Caller';
import { hasPermission, requirePermission } from '../permissions';
import type { GrantSeen } from '../sight';
import { actionsOfKind, grantInWords } from '../store/drift/DriftRow';
import type { DriftRow } from '../store/tables';
import type { DriftDeps } from './DriftDeps';
import { listDrift, openByIds } from './driftList';
import {
  entitlementActionsFor,
  requireReapply,
  revokeInstead,
} from './entitlementRights';

const DEFAULT_LIMIT = 50;
/** At a time, of all. */
const EXPORTED = 200;

/** What is needed of an item's grant and entitlement. */
interface Subject {
  row: DriftRow;
  grant?: ObservedGrantRow;
  entitlement?: EntitlementRow;
}

const inWords: { [A in DriftAction]: string } = {
  adopt: 'Adopting what differs',
  revoke: 'Revoking what differs',
  reapply: 'Applying again what others hold',
};

/**
 * A page, oldest first. What is about an entitlement is seen by who may read
 * that.
 *
 * @throws NotAllowedError, InputError
 */
export async function driftPage(
  deps: DriftDeps,
  caller: Caller,
  query: DriftQuery,
): Promise<DriftPage> {
  await requirePermission(deps.permissions, grantsReadPermission, caller);
  const readable = await deps.authorizer.readFilter(
    entitlementReadPermission,
    caller,
  );
  const seen = await deps.sight.of(caller);
  const page = await listDrift(
    deps.knex,
    { ...query, limit: query.limit ?? DEFAULT_LIMIT },
    { readable, view: seen.view },
  );
  const permitted = await hasPermission(
    deps.permissions,
    driftResolvePermission,
    caller,
  );
  const subjects = await subjectsOf(deps, page.rows);
  const inPower = await inPowerOf(deps, caller, subjects);
  const items: DriftItem[] = [];
  for (const subject of subjects) {
    const may = (action: DriftAction) => permitted && inPower(subject, action);
    items.push(await toItem(deps, caller, subject, may, seen));
  }
  return {
    items,
    counts: page.counts,
    atLeast: page.atLeast,
    ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor }),
  };
}

/**
 * All that a filter finds, in batches.
 *
 * @throws NotAllowedError, before anything is read
 */
export async function exportDrift(
  deps: DriftDeps,
  caller: Caller,
  filter: Omit<DriftQuery, 'limit' | 'cursor'>,
): Promise<AsyncIterable<DriftItem[]>> {
  const first = await driftPage(deps, caller, { ...filter, limit: EXPORTED });
  const next = (cursor: string) =>
    driftPage(deps, caller, { ...filter, limit: EXPORTED, cursor });
  return (async function* pages() {
    for (let page = first; ; page = await next(page.nextCursor)) {
      yield page.items;
      if (page.nextCursor === undefined) return;
    }
  })();
}

/**
 * Does the same about one or many, each with a result of its own. Besides the
 * permission it takes governance, or the product of the entitlement that an
 * item is about; of a grant that no entitlement is behind, the product that
 * publishes the table.
 *
 * @throws InputError where there is no reason and one is needed: not for a
 * dry run, which people look at before they write one
 */
export async function resolveDrift(
  deps: DriftDeps,
  caller: Caller,
  { ids, action, reason: given, dryRun = false }: NewDriftResolution,
): Promise<DriftResolution> {
  const reason = given?.trim() ?? '';
  if (action !== 'reapply' && !reason && !dryRun) {
    throw new InputError(
      `reason: is empty, expected why the differences are to be ${
        action === 'adopt' ? 'adopted' : 'revoked'
      }; it is kept on the audit trail`,
    );
  }
  const permitted = await hasPermission(
    deps.permissions,
    driftResolvePermission,
    caller,
  );
  if (!permitted && action !== 'reapply') {
    throw new NotAllowedError(
      `The permission ${driftResolvePermission.name} is not given to ${caller.userRef}`,
    );
  }
  const { view } = await deps.sight.of(caller);
  const found = await openByIds(deps.knex, ids, view);
  const subjects = await subjectsOf(deps, [...found.values()]);
  const inPower = await inPowerOf(deps, caller, subjects);
  const byId = new Map(subjects.map(one => [String(one.row.id), one]));
  const items: DriftResolution['items'] = [];
  for (const id of new Set(ids)) {
    try {
      const subject = byId.get(id);
      if (!subject) {
        throw new NotFoundError(
          `No open drift has the id '${id}'; it may be resolved by now`,
        );
      }
      const effects = await resolveOne(deps, caller, subject, {
        action,
        reason,
        dryRun,
        mayResolve: permitted && inPower(subject, action),
      });
      items.push({ id, ok: true, effects });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      items.push({ id, ok: false, error: error.message, effects: [] });
    }
  }
  return { items };
}

async function resolveOne(
  deps: DriftDeps,
  caller: Caller,
  { row, grant, entitlement }: Subject,
  options: {
    action: DriftAction;
    reason: string;
    dryRun: boolean;
    mayResolve: boolean;
  },
): Promise<RevocationEffect[]> {
  const { action, reason, dryRun, mayResolve } = options;
  if (!actionsOfKind[row.kind].includes(action)) {
    throw new ConflictError(
      `Drift of the kind ${
        row.kind
      } cannot be resolved by ${action}; possible: ${actionsOfKind[
        row.kind
      ].join(', ')}`,
    );
  }
  if (!mayResolve && action !== 'reapply') {
    throw new NotAllowedError(
      entitlement
        ? deps.powers.refusal(caller, inWords[action])
        : `${deps.powers.governance.refusal(
            caller,
            inWords[action],
          )}. The owner of the only product that publishes the table may revoke too, where its domain holds the place, and adopt where nobody else would have to approve`,
    );
  }
  const actorRef = caller.userRef;
  if (grant) {
    return action === 'adopt'
      ? deps.repairer.adopt(grant, { actorRef, reason, dryRun })
      : deps.repairer.revoke(grant, { actorRef, reason, dryRun });
  }
  if (!entitlement) {
    throw new ConflictError(
      'What it is about is gone; the next scan closes it',
    );
  }
  switch (action) {
    case 'reapply':
      await requireReapply(deps.entitlements, caller, entitlement, mayResolve);
      return deps.repairer.reapply(entitlement, { actorRef, dryRun });
    case 'adopt':
      return deps.repairer.adoptIdentity(entitlement, {
        actorRef,
        reason,
        dryRun,
      });
    default:
      if (row.kind === 'residue') {
        throw new ConflictError(
          'It does not show among the grants, so it is taken away in the system itself; a scan then proves that it is gone',
        );
      }
      return revokeInstead(deps.entitlements, caller, entitlement, {
        reason,
        dryRun,
      });
  }
}

/** Which of them are in the hands of the caller, besides the permission. */
async function inPowerOf(
  deps: DriftDeps,
  caller: Caller,
  subjects: readonly Subject[],
): Promise<(subject: Subject, action: DriftAction) => boolean> {
  const products = await deps.powers.among(
    caller,
    subjects.flatMap(({ entitlement }) =>
      entitlement ? concernedBy(entitlement) : [],
    ),
  );
  if (deps.powers.governance.isGovernance(caller)) return () => true;
  const overGrant = await deps.tables.over(
    caller,
    subjects.flatMap(({ grant }) => grant ?? []),
  );
  return ({ entitlement, grant }, action) => {
    if (entitlement) return products.has(entitlement.product_ref);
    if (!grant || action === 'reapply') return false;
    return overGrant(grant)[action];
  };
}

async function toItem(
  deps: DriftDeps,
  caller: Caller,
  { row, grant, entitlement }: Subject,
  may: (action: DriftAction) => boolean,
  seen: GrantSeen,
): Promise<DriftItem> {
  const [asGrant] = grant ? await toGrants(deps.knex, [grant], seen) : [];
  return {
    id: String(row.id),
    kind: row.kind,
    words: wordsOf(row, grant, entitlement),
    since: row.since,
    accountId: row.account_id ?? undefined,
    targetId: row.target_id ?? undefined,
    grant: asGrant,
    entitlement: entitlement && toEntitlement(entitlement),
    productRefs:
      asGrant?.productRefs ??
      (row.product_ref === null ? [] : [row.product_ref]),
    actions: await driftActionsFor(
      deps,
      caller,
      { row, grant, entitlement },
      may,
    ),
  };
}

async function driftActionsFor(
  deps: DriftDeps,
  caller: Caller,
  { row, grant, entitlement }: Subject,
  may: (action: DriftAction) => boolean,
): Promise<DriftAction[]> {
  if (grant) return actionsOfKind[row.kind].filter(may);
  if (!entitlement) return [];
  const possible = actionsOfKind[row.kind];
  const own = await entitlementActionsFor(
    deps.entitlements,
    caller,
    entitlement,
  );
  return possible.filter(action => {
    switch (action) {
      case 'reapply':
        return own.includes('reapply') || (may(action) && own.length > 0);
      case 'revoke':
        return row.kind !== 'residue' && may(action) && own.includes('revoke');
      default:
        return may(action);
    }
  });
}

async function subjectsOf(
  deps: DriftDeps,
  rows: readonly DriftRow[],
): Promise<Subject[]> {
  const grants = new Map<string, ObservedGrantRow>();
  const byTarget = new Map<string, string[]>();
  for (const { target_id: targetId, grant_key: key } of rows) {
    if (targetId !== null && key !== null) {
      byTarget.set(targetId, [...(byTarget.get(targetId) ?? []), key]);
    }
  }
  for (const [targetId, keys] of byTarget) {
    for (const row of await liveByKeys(deps.knex, targetId, keys)) {
      grants.set(JSON.stringify([targetId, row.grant_key]), row);
    }
  }
  const ids = [...new Set(rows.flatMap(row => row.entitlement_id ?? []))];
  const entitlements = await deps
    .knex<EntitlementRow>('entitlements')
    .whereIn('id', ids);
  const byId = new Map(entitlements.map(row => [row.id, row]));
  return rows.map(row => ({
    row,
    grant: grants.get(JSON.stringify([row.target_id, row.grant_key])),
    entitlement: byId.get(row.entitlement_id ?? ''),
  }));
}

function wordsOf(
  row: DriftRow,
  grant: ObservedGrantRow | undefined,
  entitlement: EntitlementRow | undefined,
): string {
  if (grant) {
    const excess = excessOf(grant);
    const parts = excess.length > 0 ? excess : [grantOf(grant)];
    const held = parts.map(grantInWords).join('; ');
    return row.kind === 'residue'
      ? `${held}: left over from an entitlement that has ended`
      : `${held}: nobody approved it`;
  }
  if (entitlement && row.kind === 'missing') {
    return `${principalInWords(principalOf(entitlement))} should hold ${
      entitlement.product_title
    }: ${row.words}`;
  }
  return row.words || 'What it was about is gone';
}
