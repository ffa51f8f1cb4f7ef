import type { PermissionsService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  grantsReadPermission,
  type AccessAnswer,
  type Principal,
  type WhatQuery,
  type WhoQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  GrantScanner,
  ScannedGrant,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { Caller } from '../identity/Caller';
import { requirePermission } from '../permissions';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { targetOf } from '../store/scans/ScanRow';
import type { ScanTargetRow } from '../store/tables';
import type { GrantSeen, GrantSight, GrantView } from '../sight';
import { resourceOf } from '../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../store/tables';
import { grantOf } from '../store/grants/ObservedGrantRow';
import type { ObservedGrantRow } from '../store/tables';
import { selectGrants, type GrantSelection } from './selectGrants';
import { PortIndex } from './PortIndex';

/** Kinds that may stand for a principal that they do not name. */
const collective: ReadonlySet<Principal['kind']> = new Set([
  'account',
  'organization',
  'organizational-unit',
  'identity-center-group',
  'saml-group',
  'quicksight-group',
  'iam-principals',
  'special',
  'other',
]);

/** What a stored grant says of the decision behind it. */
interface Decision {
  entitlementId: string;
  requestId?: string;
}

type Item = AccessAnswer['items'][number];

const narrowedCaveat =
  'Only what your own principals can see, and what can be seen of products that you are in charge of, is told here; others may hold more';

/** Answers who can see something, and what somebody can see. */
export class AccessQuestions {
  readonly #knex: Knex;
  readonly #provisioners: ProvisionerRegistry;
  readonly #permissions: PermissionsService;
  readonly #sight: Pick<GrantSight, 'of'>;
  readonly #clock: () => Date;

  constructor(options: {
    knex: Knex;
    provisioners: ProvisionerRegistry;
    permissions: PermissionsService;
    sight: Pick<GrantSight, 'of'>;
    clock: () => Date;
  }) {
    this.#knex = options.knex;
    this.#provisioners = options.provisioners;
    this.#permissions = options.permissions;
    this.#sight = options.sight;
    this.#clock = options.clock;
  }

  /** @throws NotAllowedError, InputError */
  async who(caller: Caller, query: WhoQuery): Promise<AccessAnswer> {
    const { catalogId, database, region } = query;
    // Catalogs within an account begin with its id.
    const [accountId] = catalogId.split(':');
    return this.#answer(
      caller,
      query,
      // What an account's administrators have passed on is seen in that account.
      target => target.region === undefined || target.region === region,
      target =>
        target.accountId === undefined || target.accountId === accountId,
      ownTargetIds => ({
        place: { catalogIds: [catalogId, accountId], database, ownTargetIds },
      }),
      (scanner, grants, signal) => scanner.who(query, grants, { signal }),
    );
  }

  /** @throws NotAllowedError, InputError */
  async what(caller: Caller, query: WhatQuery): Promise<AccessAnswer> {
    return this.#answer(
      caller,
      query,
      () => true,
      () => true,
      () => ({ holder: { principal: query.principal, kinds: collective } }),
      (scanner, grants, signal) => scanner.what(query, grants, { signal }),
    );
  }

  /**
   * @param isAsked - whether a target may say something about it
   * @param isOwn - whether it is about what lies in that target itself
   */
  async #answer(
    caller: Caller,
    { at }: { at?: string },
    isAsked: (target: ReturnType<typeof targetOf>) => boolean,
    isOwn: (target: ReturnType<typeof targetOf>) => boolean,
    narrow: (
      ownTargetIds: string[],
    ) => Pick<GrantSelection, 'place' | 'holder'>,
    ask: (
      scanner: GrantScanner,
      grants: AsyncIterable<ScannedGrant>,
      signal: AbortSignal,
    ) => Promise<Omit<AccessAnswer, 'asOf'>>,
  ): Promise<AccessAnswer> {
    await requirePermission(this.#permissions, grantsReadPermission, caller);
    const seen = await this.#sight.of(caller);
    const now = this.#clock().toISOString();
    const time = at === undefined ? undefined : new Date(at).toISOString();
    if (time !== undefined && time > now) {
      throw new InputError(
        `at: '${at}' is in the future; what was held can be told up to now`,
      );
    }
    const rows: ScanTargetRow[] = await this.#knex<ScanTargetRow>(
      'scan_targets',
    ).orderBy('id');
    const targets = rows.filter(row => isAsked(targetOf(row)));
    const own = targets.filter(row => isOwn(targetOf(row)));
    const items: Item[] = [];
    // Which accounts there are, and what of them nobody has looked at, is told
    // to those who are told everything.
    const caveats: string[] =
      seen.view === 'all' ? caveatsOf(targets, own, time) : [narrowedCaveat];
    const lookedAt = new Set(own.map(row => row.id));
    for (const { portType, scanner } of this.#provisioners.list()) {
      const ofType = (row: ScanTargetRow) => row.port_type === portType;
      const ownTargetIds = own.filter(ofType).map(row => row.id);
      if (!scanner || ownTargetIds.length === 0) continue;
      const targetIds = targets.filter(ofType).map(row => row.id);
      const decisions = new Map<string, Decision>();
      const answer = await ask(
        scanner,
        this.#grants(
          { ...narrow(ownTargetIds), at: time, targetIds },
          { decisions, seen: lookedAt },
        ),
        AbortSignal.timeout(60_000),
      );
      const told = toldOf(answer, seen.view);
      const requests = await this.#requestsOf(decisions, seen);
      items.push(...told.items.map(item => decided(item, decisions, requests)));
      caveats.push(...told.caveats);
    }
    const times = targets
      .filter(row => lookedAt.has(row.id))
      .flatMap(row => row.seen_at ?? [])
      .sort();
    return {
      asOf: time ?? times[0] ?? now,
      items,
      caveats: [...new Set(caveats)],
    };
  }

  async *#grants(
    selection: GrantSelection,
    /** Filled on the way. */
    {
      decisions,
      seen,
    }: { decisions: Map<string, Decision>; seen: Set<string> },
  ): AsyncGenerator<ScannedGrant> {
    for await (const rows of selectGrants(this.#knex, selection)) {
      for (const row of rows) {
        seen.add(row.target_id);
        const isDecided =
          row.because === 'entitlement' || row.because === 'approved-and-more';
        if (isDecided && row.entitlement_id !== null) {
          decisions.set(placeOf(row), { entitlementId: row.entitlement_id });
        }
        yield {
          key: row.grant_key,
          group: row.group_key,
          grant: grantOf(row),
        };
      }
    }
  }

  /** Requests behind those entitlements that the caller may read. */
  async #requestsOf(
    decisions: ReadonlyMap<string, Decision>,
    seen: GrantSeen,
  ): Promise<Map<string, string>> {
    const ids = [
      ...new Set([...decisions.values()].map(one => one.entitlementId)),
    ];
    const found = new Map<string, string>();
    for (let start = 0; start < ids.length; start += 500) {
      const rows: EntitlementRow[] = await this.#knex<EntitlementRow>(
        'entitlements',
      ).whereIn('id', ids.slice(start, start + 500));
      for (const row of rows) {
        if (seen.entitlement(resourceOf(row)))
          found.set(row.id, row.request_id);
      }
    }
    return found;
  }
}

/** The part of an answer that is told: of own principals and own products. */
function toldOf(
  answer: Omit<AccessAnswer, 'asOf'>,
  view: GrantView,
): Omit<AccessAnswer, 'asOf'> {
  if (view === 'all') return answer;
  const index = new PortIndex(view.products);
  return {
    items: answer.items.filter(
      ({ principal, resource }) =>
        view.principals.includes(principal.id) ||
        index.productsAt(resource).length > 0,
    ),
    caveats: [],
  };
}

function caveatsOf(
  targets: readonly ScanTargetRow[],
  own: readonly ScanTargetRow[],
  at: string | undefined,
): string[] {
  const never = targets.filter(
    row => row.seen_at === null && row.retired_at === null,
  );
  const caveats = never.map(row =>
    own.includes(row)
      ? `${row.title} was not scanned yet`
      : `${row.title} was not scanned yet: what was passed on there is missing`,
  );
  if (at === undefined) return caveats;
  const known = own.flatMap(row => row.known_since ?? []).sort();
  return [
    ...caveats,
    'Grants are told as scans saw them then; what the system implies beside them, like administrators and tags, is told as it is now',
    ...(known.length === 0 || at < known[0]
      ? ['No scan had looked by then, so nothing is known']
      : []),
  ];
}

const lower = (text: string | undefined) => text?.toLocaleLowerCase('en-US');

function placeOf(
  row: Pick<ObservedGrantRow, 'principal' | 'database_name' | 'table_name'>,
): string {
  return JSON.stringify([row.principal, row.database_name, row.table_name]);
}

/** Names the decision behind what is held directly. */
function decided(
  item: Item,
  decisions: ReadonlyMap<string, Decision>,
  requests: ReadonlyMap<string, string>,
): Item {
  const { database, table } = item.resource;
  const place = (name: string | undefined) =>
    placeOf({
      principal: item.principal.id,
      database_name: lower(database) ?? null,
      table_name: lower(name) ?? null,
    });
  const decisionOf = (kind: Item['reasons'][number]['kind']) => {
    if (['direct', 'columns', 'filter'].includes(kind)) {
      return decisions.get(place(table));
    }
    return ['all-tables', 'database'].includes(kind)
      ? decisions.get(place(undefined))
      : undefined;
  };
  return {
    ...item,
    reasons: item.reasons.map(reason => {
      if (reason.entitlementId !== undefined) return reason;
      const found = decisionOf(reason.kind);
      const requestId = found && requests.get(found.entitlementId);
      return requestId
        ? { ...reason, entitlementId: found.entitlementId, requestId }
        : reason;
    }),
  };
}
