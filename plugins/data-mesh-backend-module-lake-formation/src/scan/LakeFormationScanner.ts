import {
  ListPermissionsCommand,
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
  ScanPage,
  ScannedGrant,
  StepJudgement,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { AwsClients } from '../aws/AwsClients';
import { AccountConfig } from '../config';
import { AdministratorReader } from '../effective/AdministratorReader';
import { AccessQuestions } from '../effective/AccessQuestions';
import { TagReader } from '../effective/TagReader';
import { isNothingToRevoke } from '../steps/applyEntries';
import { FilterReader } from './FilterReader';
import { judgeStep } from './judgeStep';
import { LakeAdministrators } from './LakeAdministrators';
import {
  ReadPrincipal,
  readScannedGrant,
  uniteByKey,
} from './readScannedGrant';
import { revokeEffect, revokeInput } from './revokeCall';
import { scanTargets, targetOfStep } from './scanTargets';
import { standingOf } from './standing';
import { wantedGrants } from './wantedGrants';

/** AWS's maximum of a page. */
const PAGE_SIZE = 1_000;

/**
 * Reads all permissions of an account and region, once and page by page: the
 * calls grow with the pages, not with tables or entitlements.
 */
export class LakeFormationScanner implements GrantScanner {
  readonly #clients: AwsClients;
  readonly #accounts: AccountConfig[];
  readonly #readPrincipal: ReadPrincipal;
  readonly #pageSize: number;
  readonly #settings: AdministratorReader;
  readonly #questions: AccessQuestions;
  /** By target, as the last scan has read them. */
  readonly #administrators = new Map<string, LakeAdministrators>();

  constructor(options: {
    clients: AwsClients;
    accounts: AccountConfig[];
    readPrincipal: ReadPrincipal;
    /** Smaller pages than AWS's maximum. */
    pageSize?: number;
  }) {
    this.#clients = options.clients;
    this.#accounts = options.accounts;
    this.#readPrincipal = options.readPrincipal;
    this.#pageSize = options.pageSize ?? PAGE_SIZE;
    this.#settings = new AdministratorReader(options.clients);
    this.#questions = new AccessQuestions({
      tags: new TagReader(options.clients),
      settings: this.#settings,
      readPrincipal: options.readPrincipal,
    });
  }

  targets(ports: OutputPort[], steps: PlanStep[]): ScanTarget[] {
    return scanTargets(ports, steps, this.#accounts);
  }

  async *scan(
    target: ScanTarget,
    options: { signal?: AbortSignal } = {},
  ): AsyncIterable<ScanPage> {
    const { signal } = options;
    const { accountId, region } = placeOf(target);
    const { lakeFormation } = await this.#clients.get(accountId, region);
    this.#administrators.set(
      target.id,
      await this.#settings.read(accountId, region, signal),
    );
    const filters = new FilterReader(lakeFormation, accountId);
    // The look at the settings belongs to the first page.
    let calls = 1;
    let token: string | undefined;
    do {
      signal?.throwIfAborted();
      const { PrincipalResourcePermissions: lines = [], NextToken: next } =
        await lakeFormation.send(
          new ListPermissionsCommand({
            CatalogId: accountId,
            MaxResults: this.#pageSize,
            NextToken: token,
          }),
          { abortSignal: signal },
        );
      calls += 1;
      const grants: ScannedGrant[] = [];
      for (const line of lines) {
        const read = readScannedGrant(
          line,
          { accountId, region },
          this.#readPrincipal,
        );
        if (read) grants.push(await completed(read, filters, signal));
      }
      yield {
        grants: uniteByKey(grants),
        calls: calls + filters.takeCalls(),
      };
      calls = 0;
      if (next !== undefined && next === token) {
        throw new Error(
          `Lake Formation gave the same page of permissions of ${target.title} twice; the scan would not end`,
        );
      }
      token = next;
    } while (token);
  }

  keysOf(step: PlanStep): string[] {
    return [...new Set(wantedGrants(step).map(want => want.group))];
  }

  targetOf(step: PlanStep): string | undefined {
    return targetOfStep(step);
  }

  judge(step: PlanStep, grants: ObservedGrant[]): StepJudgement {
    return judgeStep(step, grants);
  }

  standing(
    target: ScanTarget,
    grant: ObservedGrant,
  ): { kind: 'administrator' | 'unrestricted'; words: string } | undefined {
    return standingOf(grant, this.#administrators.get(target.id));
  }

  planRevoke(target: ScanTarget, grant: ObservedGrant): RevocationEffect {
    return revokeEffect(placeOf(target).accountId, grant);
  }

  async revoke(
    target: ScanTarget,
    grant: ObservedGrant,
    options: { signal?: AbortSignal } = {},
  ): Promise<void> {
    const { accountId, region } = placeOf(target);
    const input = revokeInput(accountId, grant);
    const { lakeFormation } = await this.#clients.get(accountId, region);
    try {
      await lakeFormation.send(new RevokePermissionsCommand(input), {
        abortSignal: options.signal,
      });
    } catch (error) {
      if (!isError(error) || !isNothingToRevoke(error.name, error.message)) {
        throw error;
      }
    }
  }

  who(
    query: WhoQuery,
    grants: AsyncIterable<ScannedGrant> | Iterable<ScannedGrant>,
    options: { signal?: AbortSignal } = {},
  ): Promise<Omit<AccessAnswer, 'asOf'>> {
    return this.#questions.who(query, grants, options.signal);
  }

  what(
    query: WhatQuery,
    grants: AsyncIterable<ScannedGrant> | Iterable<ScannedGrant>,
    options: { signal?: AbortSignal } = {},
  ): Promise<Omit<AccessAnswer, 'asOf'>> {
    return this.#questions.what(query, grants, options.signal);
  }
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
