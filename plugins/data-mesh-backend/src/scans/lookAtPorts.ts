import type {
  ObservedGrant,
  OutputPort,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  PortLook,
  Provisioner,
  ScannedGrant,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { ScanConfig } from '../config/scanConfig';
import { judgePart } from '../drift/judgeEntitlements';
import type { JudgeDeps } from '../drift/JudgedScan';
import type { EntitlementStore } from '../entitlements/reading/EntitlementStore';
import { ChangedGroups, refreshCounts } from '../grants/GrantCounts';
import type { GrantExplainer } from '../grants/GrantExplainer';
import {
  reasonsFor,
  type ReasonColumns,
  type ReasonContext,
} from '../grants/reasonsFor';
import { PortIndex, type IndexedProduct } from '../grants/PortIndex';
import {
  callProvisioner,
  ProvisionerFailure,
} from '../provisioners/ProvisionerFailure';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { liveByKeys } from '../store/grants/observedGrants';
import type { TargetLease } from '../store/scans/ScanRow';
import type { EntitlementRow } from '../store/tables';
import { syncGrantDrift } from '../store/drift/grantDrift';
import { applyScan, type ApplyDeps } from './applyScan';
import { ScanDiff } from './ScanDiff';
import { borrowTarget, endLook, holdLease, ScanLeaseLostError } from './leases';
import { stormOf } from './stormOf';

const LOOK_MS = 30_000;

/** What a look at ports needs. */
export interface LookDeps extends ApplyDeps {
  provisioners: ProvisionerRegistry;
  explainer: GrantExplainer;
  judging: JudgeDeps;
  entitlements: Pick<EntitlementStore, 'getMany'>;
  config: Pick<ScanConfig, 'haltAbovePercent' | 'haltAboveCount'>;
}

/** A grant as it was seen just now, and why it is there. */
export interface SeenGrant {
  scanned: ScannedGrant;
  reason: ReasonColumns;
}

/** What was seen at a port, or why nothing was. */
export type SeenPort = { port: OutputPort } & (
  | { grants: SeenGrant[] }
  | { error: string }
);

interface OpenLook {
  port: OutputPort;
  provisioner: Provisioner;
  look: PortLook;
}

interface ReadLook extends OpenLook {
  grants: ScannedGrant[];
}

/** Whose grants are looked at. */
interface LookedFor {
  product: IndexedProduct;
  /** Its entitlements, as they were before the look. */
  entitlements: readonly EntitlementRow[];
}

/**
 * Looks at some ports of a product now. What is seen becomes what is known, as
 * after a scan of these places alone: with the same reasons, health and drift.
 * Where a scan is under way, or nobody has scanned there yet, it is shown only.
 *
 * @returns what was seen, and entitlements of which nothing was
 */
export async function lookAtPorts(
  deps: LookDeps,
  ports: readonly OutputPort[],
  looked: LookedFor,
): Promise<{ ports: SeenPort[]; missing: string[] }> {
  await deps.groups.addOfProduct(looked.product.productRef);
  const failed: SeenPort[] = [];
  const byTarget = new Map<string, OpenLook[]>();
  for (const port of ports) {
    const opened = await openLook(deps, port);
    if ('error' in opened) {
      failed.push(opened);
      continue;
    }
    const { id } = opened.look.target;
    byTarget.set(id, [...(byTarget.get(id) ?? []), opened]);
  }
  const seen = await Promise.all(
    Array.from(byTarget.values(), looks => lookAtTarget(deps, looks, looked)),
  );
  const found = new Map(
    [...failed, ...seen.flatMap(target => target.ports)].map(
      port => [port.port, port] as const,
    ),
  );
  return {
    ports: ports.flatMap(port => found.get(port) ?? []),
    missing: seen.flatMap(target => target.missing),
  };
}

async function openLook(
  { provisioners }: LookDeps,
  port: OutputPort,
): Promise<OpenLook | { port: OutputPort; error: string }> {
  const provisioner = provisioners.find(port.type);
  const scanner = provisioner?.scanner;
  if (!provisioner) {
    return {
      port,
      error: `No provisioner serves ports of type '${port.type}'`,
    };
  }
  if (!scanner) {
    return { port, error: `${provisioner.title} cannot list what it holds` };
  }
  return orError(port, async () => ({
    port,
    provisioner,
    look: await callProvisioner(provisioner, () => scanner.look(port)),
  }));
}

async function readLook(
  opened: OpenLook,
): Promise<ReadLook | { port: OutputPort; error: string }> {
  const { port, provisioner, look } = opened;
  return orError(port, async () => ({
    ...opened,
    grants: await callProvisioner(provisioner, () =>
      look.read({ signal: AbortSignal.timeout(LOOK_MS) }),
    ),
  }));
}

async function orError<T>(
  port: OutputPort,
  look: () => Promise<T>,
): Promise<T | { port: OutputPort; error: string }> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof ProvisionerFailure)) throw error;
    const { code, message, advice } = error.details;
    return {
      port,
      error: `${code}: ${message}${advice ? ` (${advice})` : ''}`,
    };
  }
}

async function lookAtTarget(
  deps: LookDeps,
  looks: readonly OpenLook[],
  { product, entitlements }: LookedFor,
): Promise<{ ports: SeenPort[]; missing: string[] }> {
  const [{ provisioner, look }] = looks;
  const { target } = look;
  const isPart = looks.every(one => one.look.isPartOfScan);
  const lease = isPart ? await borrowTarget(deps, target.id) : undefined;
  try {
    const startedAt = lease?.startedAt ?? deps.clock().toISOString();
    const answers = await Promise.all(looks.map(readLook));
    const read = answers.flatMap(one => ('error' in one ? [] : one));
    const context: ReasonContext = {
      provisioner,
      target,
      since: startedAt,
      somePorts: new PortIndex([product]),
      knowsStanding: true,
    };
    const part = partOf(read);
    const kept = lease && (await keep(deps, lease, context, part));
    const reasons = kept?.reasons ?? (await reasonsOf(deps, context, part));
    const missing = await judge(deps, {
      lease: lease ?? noLease(target, provisioner, startedAt),
      provisioner,
      part,
      entitlements: [
        ...entitlements,
        ...(await others(deps, entitlements, reasons)),
      ],
      isKept: kept !== undefined,
    });
    if (kept && !kept.changed.isEmpty) {
      await syncGrantDrift(deps.knex, target.id, deps.clock());
      await refreshCounts(deps.knex, kept.changed);
    }
    return {
      ports: answers.map(one =>
        'error' in one
          ? one
          : {
              port: one.port,
              grants: one.grants.flatMap(scanned => {
                const reason = reasons.get(scanned.key);
                return reason ? [{ scanned, reason }] : [];
              }),
            },
      ),
      missing,
    };
  } finally {
    if (lease) await endLook(deps, lease);
  }
}

/** What several looks have seen of one target. */
interface SeenPart {
  looks: readonly PortLook[];
  /** Each once. */
  grants: ScannedGrant[];
}

function partOf(read: readonly ReadLook[]): SeenPart {
  const byKey = new Map(
    read.flatMap(({ grants }) => grants.map(grant => [grant.key, grant])),
  );
  return { looks: read.map(({ look }) => look), grants: [...byKey.values()] };
}

interface Kept {
  changed: ChangedGroups;
  reasons: Map<string, ReasonColumns>;
}

/**
 * Makes what was seen what is known.
 *
 * @returns undefined where it may not be, or is too much to be believed
 */
async function keep(
  deps: LookDeps,
  lease: TargetLease,
  context: ReasonContext,
  { looks, grants }: SeenPart,
): Promise<Kept | undefined> {
  const { knex, explainer, config } = deps;
  const diff = new ScanDiff(knex, lease);
  await diff.add(grants);
  const changes = await diff.finishPart({
    places: looks.map(look => look.within),
    shows: grant => looks.some(look => look.showsGrant(grant)),
  });
  const stored = grants.length - changes.added + changes.removed;
  if (stormOf(stored, changes, config)) return undefined;
  const { added, changed: altered, removed } = changes;
  try {
    await holdLease(deps, knex, lease);
    const changed =
      added + altered + removed > 0
        ? await applyScan(deps, lease, context, { ofPart: true })
        : new ChangedGroups();
    const keys = grants.map(({ key }) => key);
    const rows = await liveByKeys(knex, lease.target.id, keys);
    const reasons = await explainer.explainRows(context, rows, 'scan', changed);
    return {
      changed,
      reasons: new Map(
        rows.map((row, index) => [row.grant_key, reasons[index]]),
      ),
    };
  } catch (error) {
    // A scan has begun meanwhile: it sees all of this itself.
    if (error instanceof ScanLeaseLostError) return undefined;
    throw error;
  }
}

/** The reasons where nothing is kept. */
async function reasonsOf(
  { knex, groups }: LookDeps,
  context: ReasonContext,
  { grants }: SeenPart,
): Promise<Map<string, ReasonColumns>> {
  const found = await reasonsFor(
    groups,
    knex,
    context,
    grants.map(({ key, group, grant }) => ({
      grant_key: key,
      group_key: group,
      grant,
    })),
  );
  return new Map(grants.map(({ key }, index) => [key, found[index]]));
}

/** Entitlements of other products that some of what was seen comes of. */
async function others(
  { entitlements }: LookDeps,
  own: readonly EntitlementRow[],
  reasons: ReadonlyMap<string, ReasonColumns>,
): Promise<EntitlementRow[]> {
  const ids = new Set(
    Array.from(reasons.values()).flatMap(reason => reason.entitlement_id ?? []),
  );
  for (const row of own) ids.delete(row.id);
  return ids.size === 0 ? [] : entitlements.getMany([...ids]);
}

/** Where nothing may be written. */
function noLease(
  target: PortLook['target'],
  { portType }: Provisioner,
  startedAt: string,
): TargetLease {
  return { token: '', portType, target, startedAt, seenAt: undefined };
}

/** @returns ids of entitlements of which nothing was seen */
async function judge(
  deps: LookDeps,
  options: {
    lease: TargetLease;
    provisioner: Provisioner;
    part: SeenPart;
    entitlements: readonly EntitlementRow[];
    isKept: boolean;
  },
): Promise<string[]> {
  const { lease, provisioner, part, entitlements, isKept } = options;
  const { scanner } = provisioner;
  if (!scanner) return [];
  const grants = new Map<string, ObservedGrant[]>();
  for (const { group, grant } of part.grants) {
    const list = grants.get(group) ?? [];
    list.push(grant);
    grants.set(group, list);
  }
  return judgePart(
    deps.judging,
    {
      claim: lease,
      provisioner,
      scanner,
      isFresh: false,
      onBatch: async () => {},
      grants,
      shows: step => part.looks.some(look => look.showsStep(step)),
    },
    entitlements,
    { isKept },
  );
}
