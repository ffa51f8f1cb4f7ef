import {
  AlreadyExistsException,
  CreateDatabaseCommand,
  CreateTableCommand,
  DeleteDatabaseCommand,
  DeleteTableCommand,
  EntityNotFoundException,
  GetDatabaseCommand,
  GetTablesCommand,
  type GlueClient,
} from '@aws-sdk/client-glue';
import {
  sentence,
  type PlanStep,
  type RevocationEffect,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  LiveStep,
  StepObservation,
  UndoPlan,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { JsonObject } from '@backstage/types';
import { AwsClients } from '../../aws/AwsClients';
import { NotOursError } from '../../aws/NotOursError';
import { writeHeld, readHeld } from '../../lake/held';
import { revokeEntries } from '../../lake/wire';
import { GrantReader } from '../grants/GrantReader';
import { KnownCreators, creatorsIn } from '../KnownCreators';
import { PermissionWriter } from '../grants/PermissionWriter';
import { StepKind, UndoContext } from '../StepKind';
import { foundBaseline, planTakingAway, planMaking } from '../brought';
import {
  LinkCall,
  LinkTarget,
  isSameTarget,
  linkInWords,
  resourceOfLink,
  readLinkCall,
  readTarget,
} from './describeLink';

const leadsTo = ({ region, target }: LinkCall, found: Found) =>
  found.target !== undefined && isSameTarget(target, found.target, region);

const isAnother = (link: LinkCall) =>
  new NotOursError(
    `${linkInWords(link).text} in account ${
      link.accountId
    } exists and does not link to \`${link.target.database}\` of ${
      link.target.catalogId
    }`,
    'Delete or rename it, then retry; or ask anew, and the link gets another name',
  );

/** What stands under the name of a link. */
type Found = { target?: LinkTarget };

/** Makes a resource link, which all principals of an account share. */
export class ResourceLinkStep implements StepKind {
  readonly #clients: AwsClients;
  readonly #writer: PermissionWriter;
  readonly #grants: GrantReader;
  readonly #creators: KnownCreators;

  constructor(options: {
    clients: AwsClients;
    writer: PermissionWriter;
    grants: GrantReader;
    creators: KnownCreators;
  }) {
    this.#clients = options.clients;
    this.#writer = options.writer;
    this.#grants = options.grants;
    this.#creators = options.creators;
  }

  async observe(
    step: PlanStep,
    signal?: AbortSignal,
  ): Promise<StepObservation> {
    const link = readLinkCall(step);
    const found = await this.#find(link, signal);
    if (!found) {
      return { state: 'absent', held: await this.#ofCreators(link, signal) };
    }
    // Another thing of that name is no part of the link.
    const state = leadsTo(link, found) ? 'present' : 'partial';
    return { state, held: {} };
  }

  baseline(
    step: PlanStep,
    observation: StepObservation,
    others: LiveStep[],
  ): JsonObject {
    return {
      ...foundBaseline(step, observation, others),
      creators: observation.held,
    };
  }

  async apply(
    step: PlanStep,
    { state }: StepObservation,
    signal?: AbortSignal,
  ): Promise<void> {
    if (state === 'present') return;
    const link = readLinkCall(step);
    if (state === 'partial') throw isAnother(link);
    const { glue } = await this.#clients.get(link.accountId, link.region);
    try {
      await create(glue, link, signal);
    } catch (error) {
      if (!(error instanceof AlreadyExistsException)) throw error;
      const found = await this.#find(link, signal);
      if (!found || !leadsTo(link, found)) throw isAnother(link);
    }
  }

  planApply(step: PlanStep, observation: StepObservation): RevocationEffect[] {
    return planMaking(step, observation);
  }

  planUndo(step: PlanStep, context: UndoContext): UndoPlan {
    const link = readLinkCall(step);
    const words = linkInWords(link);
    const { observation, baseline } = context;
    const isOurs = baseline.existed === false && observation.state === 'absent';
    return isOurs && leftBehind(context).length > 0
      ? {
          removes: [{ words: sentence('plan.link.leftover', { link: words }) }],
          keeps: [],
        }
      : planTakingAway(step, context, words);
  }

  async undo(
    step: PlanStep,
    context: UndoContext & { signal?: AbortSignal },
  ): Promise<void> {
    if (this.planUndo(step, context).removes.length === 0) return;
    const link = readLinkCall(step);
    const { signal } = context;
    const { glue } = await this.#clients.get(link.accountId, link.region);
    // Whoever is no administrator deletes by the rights of the creator: they
    // go last. They outlive the link, and would hold for the next thing of its
    // name.
    const held =
      context.observation.state === 'present'
        ? await this.#knownOfCreators(link, signal)
        : context.observation.held;
    try {
      await remove(glue, link, signal);
    } catch (error) {
      if (!(error instanceof EntityNotFoundException)) throw error;
    }
    const observation: StepObservation = { state: 'absent', held };
    const entries = leftBehind({ ...context, observation }).map(
      ([principalId, access]) =>
        revokeEntries(
          { principalId },
          { resource: resourceOfLink(link), access },
        ),
    );
    await this.#writer.revoke({
      accountId: link.accountId,
      region: link.region,
      catalogAccountId: link.accountId,
      entries: entries.flatMap(({ first }) => first),
      signal,
    });
  }

  async #knownOfCreators(
    link: LinkCall,
    signal?: AbortSignal,
  ): Promise<JsonObject> {
    const known = this.#creators.take(link.region, resourceOfLink(link));
    return known ? writeHeld(known) : this.#ofCreators(link, signal);
  }

  /** What Lake Formation gave who made the thing of this name, by principal. */
  async #ofCreators(link: LinkCall, signal?: AbortSignal): Promise<JsonObject> {
    const resource = resourceOfLink(link);
    const listed = await this.#grants.read(
      {
        accountId: link.accountId,
        catalogAccountId: link.accountId,
        region: link.region,
        resources: [resource],
        trustsNotFound: true,
      },
      signal,
    );
    return writeHeld(creatorsIn(listed, resource));
  }

  async #find(
    link: LinkCall,
    signal?: AbortSignal,
  ): Promise<Found | undefined> {
    const { accountId: CatalogId, region, database, table } = link;
    const { glue } = await this.#clients.get(CatalogId, region);
    const options = { abortSignal: signal };
    try {
      if (table) {
        // GetTable follows a link, which fails for who does not see the target.
        const { TableList = [] } = await glue.send(
          new GetTablesCommand({
            CatalogId,
            DatabaseName: database,
            Expression: table.replace(/[^\w-]/g, '.'),
          }),
          options,
        );
        const found = TableList.find(one => one.Name === table);
        return found && { target: readTarget(found.TargetTable) };
      }
      const { Database } = await glue.send(
        new GetDatabaseCommand({ CatalogId, Name: database }),
        options,
      );
      return { target: readTarget(Database?.TargetDatabase) };
    } catch (error) {
      if (error instanceof EntityNotFoundException) return undefined;
      throw error;
    }
  }
}

/** Rights of creators that were not there before us. */
function leftBehind({ observation, baseline }: UndoContext) {
  const before = readHeld((baseline.creators ?? {}) as JsonObject);
  return [...readHeld(observation.held)].filter(
    ([principalId]) => !before.has(principalId),
  );
}

async function create(
  glue: GlueClient,
  { accountId: CatalogId, database, table, target }: LinkCall,
  abortSignal?: AbortSignal,
): Promise<void> {
  const to = { CatalogId: target.catalogId, DatabaseName: target.database };
  if (table) {
    await glue.send(
      new CreateTableCommand({
        CatalogId,
        DatabaseName: database,
        TableInput: { Name: table, TargetTable: { ...to, Name: target.table } },
      }),
      { abortSignal },
    );
    return;
  }
  await glue.send(
    new CreateDatabaseCommand({
      CatalogId,
      DatabaseInput: {
        Name: database,
        TargetDatabase: {
          ...to,
          ...(target.region && { Region: target.region }),
        },
      },
    }),
    { abortSignal },
  );
}

async function remove(
  glue: GlueClient,
  { accountId: CatalogId, database, table }: LinkCall,
  abortSignal?: AbortSignal,
): Promise<void> {
  await (table
    ? glue.send(
        new DeleteTableCommand({
          CatalogId,
          DatabaseName: database,
          Name: table,
        }),
        { abortSignal },
      )
    : glue.send(new DeleteDatabaseCommand({ CatalogId, Name: database }), {
        abortSignal,
      }));
}
