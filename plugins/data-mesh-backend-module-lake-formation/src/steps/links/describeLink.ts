import { InputError } from '@backstage/errors';
import {
  sentence,
  type PlanStep,
  type Sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { lockKey } from '../../lake/keys';
import { LakeResource } from '../../lake/resource';
import { RESOURCE_LINK } from '../resourceLinks';
import { resourceName, stepId } from '../stepId';

const deleteCall = ({
  accountId,
  database,
  table,
}: LinkCall): PlanStep['call'] => ({
  service: 'Glue',
  operation: table ? 'DeleteTable' : 'DeleteDatabase',
  input: {
    CatalogId: accountId,
    ...(table ? { DatabaseName: database, Name: table } : { Name: database }),
  },
});

/** What a link leads to. */
export interface LinkTarget {
  catalogId: string;
  database: string;
  /** Where it is a link of a table. */
  table?: string;
  /** Where it is in another region than the link. */
  region?: string;
}

/** A link: its resource in the consumer's catalog, and its target. */
export interface LinkCall {
  accountId: string;
  region: string;
  /** Name of the database that is the link, or that holds it. */
  database: string;
  /** Where it is a link of a table. */
  table?: string;
  target: LinkTarget;
}

/** The link as a resource, for grants on it. */
export const resourceOfLink = ({
  accountId,
  database,
  table,
}: LinkCall): LakeResource =>
  table
    ? { kind: 'table', catalogId: accountId, database, table }
    : { kind: 'database', catalogId: accountId, database };

const nameOf = ({ database, table }: { database: string; table?: string }) =>
  table ? `${database}.${table}` : database;

export const linkInWords = (link: LinkCall): Sentence =>
  sentence('plan.link.name', { link: nameOf(link) });

function targetInWords(target: LinkTarget): Sentence {
  const { catalogId: catalog, database, region } = target;
  if (target.table) {
    const table = nameOf(target);
    return region
      ? sentence('plan.link.tableIn', { table, catalog, region })
      : sentence('plan.link.table', { table, catalog });
  }
  return region
    ? sentence('plan.link.databaseIn', { database, catalog, region })
    : sentence('plan.link.database', { database, catalog });
}

/** A link as a step of a plan. */
export function describeLink(
  link: LinkCall,
  options: { accountName: string; done: boolean },
): PlanStep {
  const { accountId, region, target } = link;
  const call = createCall(link);
  const account = options.accountName;
  return {
    id: stepId(RESOURCE_LINK, { accountId, region, call }),
    kind: RESOURCE_LINK,
    words: sentence('plan.link.create', {
      link: nameOf(link),
      account,
      target: targetInWords(target),
    }),
    accountId,
    region,
    call,
    undo: {
      words: sentence('plan.link.delete', { link: nameOf(link), account }),
      call: deleteCall(link),
    },
    needs: [],
    shares: [resourceName(region, `${lockKey(resourceOfLink(link))}:link`)],
    ...(options.done && { done: true }),
  };
}

function createCall({
  accountId,
  database,
  table,
  target,
}: LinkCall): PlanStep['call'] {
  const { catalogId: CatalogId, database: DatabaseName, region } = target;
  return table
    ? {
        service: 'Glue',
        operation: 'CreateTable',
        input: {
          CatalogId: accountId,
          DatabaseName: database,
          TableInput: {
            Name: table,
            TargetTable: { CatalogId, DatabaseName, Name: target.table },
          },
        },
      }
    : {
        service: 'Glue',
        operation: 'CreateDatabase',
        input: {
          CatalogId: accountId,
          DatabaseInput: {
            Name: database,
            TargetDatabase: {
              CatalogId,
              DatabaseName,
              ...(region && { Region: region }),
            },
          },
        },
      };
}

interface WireTarget {
  CatalogId?: string;
  DatabaseName?: string;
  Name?: string;
  Region?: string;
}

/** @throws InputError where the step is not one of this kind */
export function readLinkCall(step: PlanStep): LinkCall {
  const { accountId, region, call } = step;
  const { DatabaseName, DatabaseInput, TableInput } = call.input as {
    DatabaseName?: string;
    DatabaseInput?: { Name?: string; TargetDatabase?: WireTarget };
    TableInput?: { Name?: string; TargetTable?: WireTarget };
  };
  const database = DatabaseInput?.Name ?? DatabaseName;
  const target = readTarget(
    DatabaseInput?.TargetDatabase ?? TableInput?.TargetTable,
  );
  if (!accountId || !region || !database || !target) {
    throw new InputError(
      `Step '${step.id}' of kind '${step.kind}' cannot be read; expected accountId, region and the name and target of a resource link`,
    );
  }
  return {
    accountId,
    region,
    database,
    ...(TableInput?.Name && { table: TableInput.Name }),
    target,
  };
}

/** A target as Glue writes it. */
export function readTarget(
  target: WireTarget | undefined,
): LinkTarget | undefined {
  if (!target?.CatalogId || !target.DatabaseName) return undefined;
  return {
    catalogId: target.CatalogId,
    database: target.DatabaseName,
    ...(target.Name && { table: target.Name }),
    ...(target.Region && { region: target.Region }),
  };
}

/** Whether two targets are one; a region that is not told is the link's own. */
export const isSameTarget = (
  a: LinkTarget,
  b: LinkTarget,
  linkRegion: string,
): boolean =>
  a.catalogId === b.catalogId &&
  a.database === b.database &&
  a.table === b.table &&
  (a.region ?? linkRegion) === (b.region ?? linkRegion);
