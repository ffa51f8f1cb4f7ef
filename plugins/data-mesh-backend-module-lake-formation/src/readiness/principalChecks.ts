import type { Principal } from '@lakemesh/backstage-plugin-data-mesh-common';
import { AwsClients } from '../aws/AwsClients';
import { findIamPrincipal } from '../port/findIamPrincipal';
import { Finding, failed, ok, unknown } from './checks';
import { DeniedAction, deniedActions } from './deniedActions';

/** A table that shall be queried, with where its metadata is read. */
export interface ReadPlace {
  region: string;
  accountId: string;
  database: string;
  table: string;
}

const GLUE_READS = [
  'glue:GetDatabase',
  'glue:GetTable',
  'glue:GetTables',
  'glue:GetPartitions',
];

const isIam = ({ kind }: Principal) =>
  kind === 'iam-role' || kind === 'iam-user';

/** Whether the principal is there. */
export async function principalExists(
  clients: AwsClients,
  principal: Principal,
  region: string,
  signal?: AbortSignal,
): Promise<Finding> {
  const { accountId, id, kind } = principal;
  if (!isIam(principal) || !accountId) {
    return unknown(
      `Principals of kind ${kind} are kept outside of IAM and are not looked up`,
    );
  }
  const found = await findIamPrincipal(
    clients,
    { id, accountId, region, isRole: kind === 'iam-role' },
    signal,
  );
  const what = kind === 'iam-role' ? 'role' : 'user';
  if (!found) {
    return failed(
      `The ${what} does not exist in account ${accountId}`,
      `Create the ${what} ${id} again, or hand the access back and ask for another principal`,
    );
  }
  return found.arn === id
    ? ok(`The ${what} exists in account ${accountId}`)
    : failed(
        `There is ${found.arn}, which is another ${what} than the one that was granted access`,
        'Ask for access for the one that exists: Lake Formation goes by the whole ARN',
      );
}

/** Whether its own IAM policies let the principal ask Lake Formation for data. */
export async function allowsDataAccess(
  clients: AwsClients,
  principal: Principal & { accountId: string },
  region: string,
  signal?: AbortSignal,
): Promise<Finding> {
  const action = 'lakeformation:GetDataAccess';
  const denied = await deniedActions(
    clients,
    { arn: principal.id, accountId: principal.accountId, region },
    [action],
    ['*'],
    signal,
  );
  if (denied.length === 0) return ok(`IAM allows ${action}`);
  return failed(deniedInWords(denied), fixFor(principal, denied));
}

/** Whether its own IAM policies let the principal read the metadata in Glue. */
export async function allowsGlueReads(
  clients: AwsClients,
  principal: Principal & { accountId: string },
  places: ReadPlace[],
  signal?: AbortSignal,
): Promise<Finding> {
  const [first] = places;
  if (!first) return ok('There is nothing to read');
  const resources = [
    ...new Set(places.flatMap(place => glueArns(principal, place))),
  ];
  const denied = await deniedActions(
    clients,
    {
      arn: principal.id,
      accountId: principal.accountId,
      region: first.region,
    },
    GLUE_READS,
    resources,
    signal,
  );
  if (denied.length === 0) return ok(`IAM allows ${GLUE_READS.join(', ')}`);
  return failed(deniedInWords(denied), fixFor(principal, denied));
}

function glueArns(
  { id }: Principal,
  { region, accountId, database, table }: ReadPlace,
): string[] {
  const [partition] = /^arn:[\w-]+/.exec(id) ?? ['arn:aws'];
  const arn = `${partition}:glue:${region}:${accountId}`;
  return [
    `${arn}:catalog`,
    `${arn}:database/${database}`,
    `${arn}:table/${database}/${table}`,
  ];
}

function deniedInWords(denied: DeniedAction[]): string {
  const actions = [...new Set(denied.map(one => one.action))].join(', ');
  const resources = [...new Set(denied.map(one => one.resource))];
  const where =
    resources.length === 1 && resources[0] === '*'
      ? ''
      : ` on ${resources.join(', ')}`;
  return denied.some(one => one.isExplicit)
    ? `A policy in IAM denies ${actions}${where}`
    : `No policy in IAM allows ${actions}${where}`;
}

function fixFor({ id }: Principal, denied: DeniedAction[]): string {
  const actions = [...new Set(denied.map(one => one.action))].join(', ');
  const resources = [...new Set(denied.map(one => one.resource))].join(', ');
  return `Have ${actions} on ${resources} allowed to ${id} by whoever keeps its IAM policies`;
}
