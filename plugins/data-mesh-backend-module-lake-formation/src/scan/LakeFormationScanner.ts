import {
  AccessDeniedException,
  GrantPermissionsCommand,
  RevokePermissionsCommand,
} from '@aws-sdk/client-lakeformation';
import { InputError, isError } from '@backstage/errors';
import type {
  AccessAnswer,
  ObservedGrant,
  OutputPort,
  PlanStep,
  RevocationEffect,
  ScanTarget,
  WhatQuery,
  WhoQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  GrantScanner,
  PortLook,
  Revocation,
  ScanPage,
  ScannedGrant,
  StepJudgement,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { readLakeAdministrators } from '../aws/readLakeAdministrators';
import { AwsClients } from '../aws/AwsClients';
import { NotAdministratorError } from '../aws/NotAdministratorError';
import { AccountConfig } from '../config';
import { AccessQuestions } from '../effective/AccessQuestions';
import { TagReader } from '../effective/TagReader';
import {
  PortLocation,
  accountOfCatalog,
  readPortLocation,
} from '../lake/PortLocation';
import { LakeAdministrators } from '../lake/administrators';
import { ReadPrincipal } from '../lake/observed';
import { Tables } from '../lake/resource';
import { GrantReader } from '../steps/grants/GrantReader';
import { OptInReader } from '../steps/optIns/OptInReader';
import { OPT_IN } from '../steps/optIns/describeOptIn';
import { isNothingToRevoke } from '../steps/grants/isNothingToRevoke';
import { FilterReader } from './FilterReader';
import { accountsSharing } from './accountsSharing';
import { judgeOptIn } from './judgeOptIn';
import { judgeStep } from './judgeStep';
import { placesOf, shownBy } from './lookAtPort';
import { passedOnPages } from './passedOnPages';
import { permissionPages } from './permissionPages';
import { planRevocation, revocationEffect } from './planRevocation';
import { readScannedGrants, scannedGrants } from './readScannedGrant';
import { regionIn, scanTargets, targetOfStep } from './scanTargets';
import { standingOf } from './standing';
import { wantedGrants } from './wantedGrants';

/**
 * Reads all permissions of an account and region, once and page by page: the
 * calls grow with the pages, not with tables or entitlements.
 */
export class LakeFormationScanner implements GrantScanner {
  readonly #clients: AwsClients;
  readonly #accounts: AccountConfig[];
  readonly #grants: Pick<GrantReader, 'read'>;
  readonly #readPrincipal: ReadPrincipal;
  readonly #pageSize?: number;
  readonly #questions: AccessQuestions;
  readonly #optInReader: OptInReader;
  /** By target, as the last scan or look has read them. */
  readonly #administrators = new Map<string, LakeAdministrators>();
  /** The same for who is opted in to what, where that could be read. */
  readonly #optIns = new Map<string, ReadonlySet<string>>();
  /** Targets where steps opt somebody in; undefined before that is known. */
  #withOptIns?: ReadonlySet<string>;

  constructor(options: {
    clients: AwsClients;
    accounts: AccountConfig[];
    grants: Pick<GrantReader, 'read'>;
    readPrincipal: ReadPrincipal;
    /** Smaller pages than AWS's maximum. */
    pageSize?: number;
  }) {
    this.#clients = options.clients;
    this.#accounts = options.accounts;
    this.#grants = options.grants;
    this.#readPrincipal = options.readPrincipal;
    this.#pageSize = options.pageSize;
    this.#optInReader = new OptInReader(options.clients);
    this.#questions = new AccessQuestions({
      tags: new TagReader(options.clients),
      readAdministrators: (...place) =>
        readLakeAdministrators(options.clients, ...place),
      readPrincipal: options.readPrincipal,
    });
  }

  targets(ports: OutputPort[], steps: PlanStep[]): ScanTarget[] {
    this.#withOptIns = new Set(
      steps
        .filter(({ kind }) => kind === OPT_IN)
        .flatMap(step => targetOfStep(step) ?? []),
    );
    return scanTargets(ports, steps, this.#accounts);
  }

  async *scan(
    target: ScanTarget,
    options: { signal?: AbortSignal } = {},
  ): AsyncIterable<ScanPage> {
    const { signal } = options;
    const { accountId, region } = placeOf(target);
    const pages = {
      pageSize: this.#pageSize,
      readPrincipal: this.#readPrincipal,
      signal,
    };
    const { lakeFormation, ram } = await this.#clients.get(accountId, region);
    this.#administrators.set(
      target.id,
      await readLakeAdministrators(this.#clients, accountId, region, signal),
    );
    const filters = new FilterReader(lakeFormation, accountId);
    // The looks at settings and opt-ins belong to the first page.
    let calls = 1 + (await this.#readOptIns(target, signal));
    const foreign = new Set<string>();
    for await (const lines of permissionPages(
      lakeFormation,
      accountId,
      pages,
    )) {
      const read = readScannedGrants(
        lines,
        { accountId, region },
        this.#readPrincipal,
      );
      const grants = await Promise.all(
        read.map(one => completed(one, filters, signal)),
      );
      for (const { key, grant } of grants) {
        if (accountOf(grant) !== accountId) foreign.add(key);
      }
      yield {
        grants,
        calls: calls + 1 + filters.takeCalls(),
      };
      calls = 0;
    }
    const sharers = await accountsSharing(ram, accountId, signal);
    yield { grants: [], calls: sharers.calls };
    for (const owner of sharers.accounts) {
      yield* passedOnPages(
        lakeFormation,
        { accountId, region, owner },
        foreign,
        pages,
      );
    }
  }

  /**
   * Who is opted in to what, for all steps of the target together. Where that
   * may not be looked at, steps are looked at one by one.
   *
   * @returns the number of calls
   */
  async #readOptIns(target: ScanTarget, signal?: AbortSignal): Promise<number> {
    this.#optIns.delete(target.id);
    if (this.#withOptIns && !this.#withOptIns.has(target.id)) return 0;
    try {
      const read = await this.#optInReader.all(placeOf(target), signal);
      this.#optIns.set(target.id, read.keys);
      return read.calls;
    } catch (error) {
      const mayNotLook =
        error instanceof NotAdministratorError ||
        error instanceof AccessDeniedException;
      if (!mayNotLook) throw error;
      return 1;
    }
  }

  look(port: OutputPort): PortLook {
    const location = readPortLocation(port, regionIn(this.#accounts));
    const { accountId, catalogId, database } = location;
    const places = placesOf(port, location);
    const [target] = scanTargets([port], [], this.#accounts);
    return {
      target,
      // AWS does not say whether an account's pages hold what is in others.
      isPartOfScan: catalogId === accountId,
      within: { catalogId, database },
      read: ({ signal } = {}) =>
        this.#readPlaces(target, location, places, signal),
      ...shownBy(places, location),
    };
  }

  async #readPlaces(
    target: ScanTarget,
    { accountId, region }: PortLocation,
    resources: Tables[],
    signal?: AbortSignal,
  ): Promise<ScannedGrant[]> {
    const [settings, lines] = await Promise.all([
      readLakeAdministrators(this.#clients, accountId, region, signal),
      this.#grants.read(
        {
          accountId,
          region,
          catalogAccountId: accountId,
          resources,
          withRelated: true,
        },
        signal,
      ),
    ]);
    this.#administrators.set(target.id, settings);
    const { lakeFormation } = await this.#clients.get(accountId, region);
    const filters = new FilterReader(lakeFormation, accountId);
    return Promise.all(
      scannedGrants(lines, region, this.#readPrincipal).map(scanned =>
        completed(scanned, filters, signal),
      ),
    );
  }

  keysOf(step: PlanStep): string[] {
    return [...new Set(wantedGrants(step).map(want => want.group))];
  }

  targetOf(step: PlanStep): string | undefined {
    return targetOfStep(step);
  }

  judge(step: PlanStep, grants: ObservedGrant[]): StepJudgement {
    return step.kind === OPT_IN
      ? judgeOptIn(step, this.#optIns.get(targetOfStep(step) ?? ''))
      : judgeStep(step, grants);
  }

  standing(
    target: ScanTarget,
    grant: ObservedGrant,
  ): { kind: 'administrator' | 'unrestricted'; words: string } | undefined {
    return standingOf(
      grant,
      this.#administrators.get(target.id),
      target.accountId,
    );
  }

  planRevoke(target: ScanTarget, revocation: Revocation): RevocationEffect[] {
    return this.#revocation(target, revocation).map(revocationEffect);
  }

  async revoke(
    target: ScanTarget,
    revocation: Revocation,
    options: { signal?: AbortSignal } = {},
  ): Promise<void> {
    const { accountId, region } = placeOf(target);
    const { lakeFormation } = await this.#clients.get(accountId, region);
    for (const { verb, input } of this.#revocation(target, revocation)) {
      const { signal: abortSignal } = options;
      if (verb === 'Grant') {
        await lakeFormation.send(new GrantPermissionsCommand(input), {
          abortSignal,
        });
        continue;
      }
      try {
        await lakeFormation.send(new RevokePermissionsCommand(input), {
          abortSignal,
        });
      } catch (error) {
        if (!isError(error) || !isNothingToRevoke(error.name, error.message)) {
          throw error;
        }
      }
    }
  }

  #revocation(target: ScanTarget, { parts, keeping }: Revocation) {
    return planRevocation(placeOf(target).accountId, parts, keeping);
  }

  who(
    query: WhoQuery,
    grants: AsyncIterable<ScannedGrant> | Iterable<ScannedGrant>,
    options: { signal?: AbortSignal } = {},
  ): Promise<Pick<AccessAnswer, 'items' | 'caveats'>> {
    return this.#questions.who(query, grants, options.signal);
  }

  what(
    query: WhatQuery,
    grants: AsyncIterable<ScannedGrant> | Iterable<ScannedGrant>,
    options: { signal?: AbortSignal } = {},
  ): Promise<Pick<AccessAnswer, 'items' | 'caveats'>> {
    return this.#questions.what(query, grants, options.signal);
  }
}

function accountOf({ resource }: ObservedGrant): string | undefined {
  return resource.catalogId && accountOfCatalog(resource.catalogId);
}

async function completed(
  scanned: ScannedGrant,
  filters: FilterReader,
  signal?: AbortSignal,
): Promise<ScannedGrant> {
  const { resource } = scanned.grant;
  if (resource.kind !== 'data-cells-filter') return scanned;
  return {
    ...scanned,
    grant: {
      ...scanned.grant,
      resource: await filters.complete(resource, signal),
    },
  };
}

function placeOf(target: ScanTarget): { accountId: string; region: string } {
  const { accountId, region } = target;
  if (!accountId || !region) {
    throw new InputError(
      `Target '${target.id}' names no account and region; expected both`,
    );
  }
  return { accountId, region };
}
