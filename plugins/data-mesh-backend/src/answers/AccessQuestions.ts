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
import type { GrantSight, GrantView } from '../sight';
import { grantOf } from '../store/grants/ObservedGrantRow';
import { selectGrants, type GrantSelection } from '../grants/selectGrants';
import { AnswerReasons } from './AnswerReasons';
import { changesSince, type AskedAbout } from './changesSince';
import { PortIndex } from '../grants/PortIndex';
import type { SubjectFinder } from './SubjectFinder';

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

type Item = AccessAnswer['items'][number];

/** What is asked, and of what it is told. */
interface Question {
  /** Whether a target may say something about it. */
  isAsked(target: ReturnType<typeof targetOf>): boolean;
  /** Whether it is about what lies in that target itself. */
  isOwn(target: ReturnType<typeof targetOf>): boolean;
  about: AskedAbout;
  asks: ReadonlyArray<{
    narrow(ownTargetIds: string[]): Pick<GrantSelection, 'place' | 'holder'>;
    ask(
      scanner: GrantScanner,
      grants: AsyncIterable<ScannedGrant>,
      signal: AbortSignal,
    ): Promise<Told>;
  }>;
}

type Told = Pick<AccessAnswer, 'items' | 'caveats'>;

const narrowedCaveat =
  'Only what your own principals can see, and what can be seen of products that you are in charge of, is told here; others may hold more';

/** Answers who can see something, and what somebody can see. */
export class AccessQuestions {
  readonly #knex: Knex;
  readonly #provisioners: ProvisionerRegistry;
  readonly #permissions: PermissionsService;
  readonly #sight: Pick<GrantSight, 'of'>;
  readonly #subjects: Pick<SubjectFinder, 'resolve'>;
  readonly #clock: () => Date;

  constructor(options: {
    knex: Knex;
    provisioners: ProvisionerRegistry;
    permissions: PermissionsService;
    sight: Pick<GrantSight, 'of'>;
    subjects: Pick<SubjectFinder, 'resolve'>;
    clock: () => Date;
  }) {
    this.#knex = options.knex;
    this.#provisioners = options.provisioners;
    this.#permissions = options.permissions;
    this.#sight = options.sight;
    this.#subjects = options.subjects;
    this.#clock = options.clock;
  }

  /** @throws NotAllowedError, InputError */
  async who(caller: Caller, query: WhoQuery): Promise<AccessAnswer> {
    const { catalogId, database, region } = query;
    // Catalogs within an account begin with its id.
    const [accountId] = catalogId.split(':');
    return this.#answer(caller, query, {
      // What an account's administrators have passed on is seen in that account.
      isAsked: target =>
        target.region === undefined || target.region === region,
      isOwn: target =>
        target.accountId === undefined || target.accountId === accountId,
      about: { place: query },
      asks: [
        {
          narrow: ownTargetIds => ({
            place: {
              catalogIds: [catalogId, accountId],
              database,
              ownTargetIds,
            },
          }),
          ask: (scanner, grants, signal) =>
            scanner.who(query, grants, { signal }),
        },
      ],
    });
  }

  /**
   * Of a person or group: what they can see as all that they may act as.
   *
   * @throws NotAllowedError, InputError; NotFoundError where nobody is called so
   */
  async what(caller: Caller, query: WhatQuery): Promise<AccessAnswer> {
    const { at } = query;
    await requirePermission(this.#permissions, grantsReadPermission, caller);
    const { subject, principals } = await this.#subjects.resolve(
      caller,
      query.principal,
    );
    const ids = principals.map(principal => principal.id);
    const answer = await this.#answer(caller, query, {
      isAsked: () => true,
      isOwn: () => true,
      about: { principals: ids },
      asks: ids.map(principal => ({
        narrow: () => ({ holder: { principal, kinds: collective } }),
        ask: (scanner, grants, signal) =>
          scanner.what({ principal, at }, grants, { signal }),
      })),
    });
    const { view } = await this.#sight.of(caller);
    const held = new Set(answer.items.map(item => item.principal.id));
    return {
      ...answer,
      subject,
      // Who acts as what is told with what they hold.
      principals: principals.filter(
        ({ id }) =>
          view === 'all' || view.principals.includes(id) || held.has(id),
      ),
      caveats: [
        ...(principals.length === 0
          ? [
              `The catalog names nothing that ${subject.title} acts as, so only what is held under other names could be seen`,
            ]
          : []),
        ...answer.caveats,
      ],
    };
  }

  async #answer(
    caller: Caller,
    { at }: { at?: string },
    { isAsked, isOwn, about, asks }: Question,
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
    const [knownSince] = own.flatMap(row => row.known_since ?? []).sort();
    const isKnown = knownSince !== undefined && (time ?? now) >= knownSince;
    // Which accounts there are, and what of them nobody has looked at, is told
    // to those who are told everything.
    const caveats: string[] =
      seen.view === 'all' ? caveatsOf(targets, own, time) : [narrowedCaveat];
    if (!isKnown) {
      // What the system implies is known of now only, and would look like more.
      return {
        asOf: time ?? now,
        isKnown,
        ...(knownSince && { knownSince }),
        items: [],
        changes: [],
        caveats,
      };
    }
    const lookedAt = new Set(own.map(row => row.id));
    const items: Item[] = [];
    for (const { narrow, ask } of asks) {
      for (const { portType, scanner } of this.#provisioners.list()) {
        const ofType = (row: ScanTargetRow) => row.port_type === portType;
        const ownTargetIds = own.filter(ofType).map(row => row.id);
        if (!scanner || ownTargetIds.length === 0) continue;
        const targetIds = targets.filter(ofType).map(row => row.id);
        const reasons = new AnswerReasons();
        const answer = await ask(
          scanner,
          this.#grants(
            { ...narrow(ownTargetIds), at: time, targetIds },
            { reasons, seen: lookedAt },
          ),
          AbortSignal.timeout(60_000),
        );
        const told = toldOf(answer, seen.view);
        items.push(...(await reasons.explain(this.#knex, told.items, seen)));
        caveats.push(...told.caveats);
      }
    }
    const [lookedLast] = targets
      .filter(row => lookedAt.has(row.id))
      .flatMap(row => row.seen_at ?? [])
      .sort();
    return {
      asOf: time ?? lookedLast ?? now,
      isKnown,
      knownSince,
      items,
      changes:
        time === undefined && lookedLast !== undefined
          ? await changesSince(this.#knex, lookedLast, about, seen)
          : [],
      caveats: [...new Set(caveats)],
    };
  }

  async *#grants(
    selection: GrantSelection,
    /** Filled on the way. */
    { reasons, seen }: { reasons: AnswerReasons; seen: Set<string> },
  ): AsyncGenerator<ScannedGrant> {
    for await (const rows of selectGrants(this.#knex, selection)) {
      for (const row of rows) {
        seen.add(row.target_id);
        reasons.add(row);
        yield {
          key: row.grant_key,
          group: row.group_key,
          grant: grantOf(row),
        };
      }
    }
  }
}

/** The part of an answer that is told: of own principals and own products. */
function toldOf(answer: Told, view: GrantView): Told {
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
  return [
    ...caveats,
    'Grants are told as scans saw them then; what the system implies beside them, like administrators and tags, is told as it is now',
    ...own
      .filter(row => row.known_since !== null && at < row.known_since)
      .map(
        row =>
          `${row.title} was first scanned at ${row.known_since}: what was held there before is not known`,
      ),
  ];
}
