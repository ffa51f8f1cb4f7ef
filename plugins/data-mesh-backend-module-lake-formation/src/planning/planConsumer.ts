import {
  principalSentence,
  accountInWords,
  type PlanStep,
  type Principal,
  type Sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { AccountConfig, LinkConfig } from '../config';
import { PortLocation } from '../lake/PortLocation';
import { ResourceAccess, Grantee } from '../lake/grant';
import { describeAcceptance } from '../steps/shares/describeAcceptance';
import { describeGrant } from '../steps/grants/describeGrant';
import {
  LinkCall,
  describeLink,
  resourceOfLink,
} from '../steps/links/describeLink';
import { ObservedPort } from './ObservedPort';
import { Reach, makesLink, needsAcceptance } from './Reach';
import { inChunks } from './inChunks';
import { chooseLinkName, linkNameCandidates } from './linkNames';
import { DESCRIBE_ONLY } from './wants/wantedAccess';

/** What the steps in the consumer's account are made of. */
export interface ConsumerPlan {
  location: PortLocation;
  reach: Reach;
  observed: ObservedPort;
  accounts: AccountConfig[];
  /** What the catalog's account grants, to whom, and in which steps. */
  granted: {
    wants: ResourceAccess[];
    grantee: Grantee;
    words: Sentence;
    steps: PlanStep[];
  };
  principal: Principal;
  grantee: Grantee;
}

/**
 * What remains to be done in the principal's own account: accept the share,
 * pass on what the account was granted, and link to it.
 */
export function planConsumer(plan: ConsumerPlan): PlanStep[] {
  const { reach } = plan;
  if (!reach.consumer) return [];
  const acceptance = needsAcceptance(reach) ? [planAcceptance(plan)] : [];
  const passedOn =
    reach.by === 'passed-on'
      ? planPassingOn(
          plan,
          (acceptance.length > 0 ? acceptance : plan.granted.steps).map(
            ({ id }) => id,
          ),
        )
      : [];
  return [
    ...acceptance,
    ...passedOn,
    ...(makesLink(reach) ? planLinks(plan, reach.consumer.links) : []),
  ];
}

function planAcceptance({
  location,
  reach,
  accounts,
  granted,
}: ConsumerPlan): PlanStep {
  const accountId = reach.consumer?.accountId ?? '';
  return describeAcceptance(
    {
      accountId,
      region: location.region,
      owner: location.accountId,
      ...granted.grantee,
      // Locations come without a share.
      wants: granted.wants.filter(
        ({ resource }) => resource.kind !== 'location',
      ),
    },
    {
      account: nameOf(accountId, accounts),
      grantee: granted.words,
    },
    granted.steps.map(({ id }) => id),
  );
}

/** The account's administrator grants what the account may pass on. */
function planPassingOn(
  { location, reach, granted, principal, grantee }: ConsumerPlan,
  needs: string[],
): PlanStep[] {
  const wants = granted.wants
    .filter(({ resource }) => resource.kind !== 'tag')
    .map(({ resource, access: { permissions, select } }) => ({
      resource,
      access: { permissions, select },
    }));
  return inChunks(wants).map(chunk =>
    describeGrant(
      {
        accountId: reach.consumer?.accountId ?? '',
        region: location.region,
        catalogAccountId: location.accountId,
        ...grantee,
        wants: chunk,
      },
      principalSentence(principal, {
        homeAccountId: location.accountId,
        quoted: true,
      }),
      { needs },
    ),
  );
}

function planLinks(plan: ConsumerPlan, config: LinkConfig): PlanStep[] {
  const { location, reach, accounts, principal, grantee } = plan;
  const accountId = reach.consumer?.accountId ?? '';
  const region = config.region ?? location.region;
  const accountName = nameOf(accountId, accounts);
  const links = linksOf(plan, config, accountId, region);
  const steps = links.map(({ link, done }) =>
    describeLink(link, { accountName, done }),
  );
  if (reach.by === 'account') return steps;
  const onLinks = inChunks(
    links.map(({ link }) => ({
      resource: resourceOfLink(link),
      access: DESCRIBE_ONLY,
    })),
  ).map((wants, index) =>
    describeGrant(
      {
        accountId,
        region,
        catalogAccountId: accountId,
        ...grantee,
        wants,
      },
      principalSentence(principal, {
        homeAccountId: location.accountId,
        quoted: true,
      }),
      { needs: inChunks(steps)[index].map(({ id }) => id) },
    ),
  );
  return [...steps, ...onLinks];
}

function linksOf(
  { location, observed, accounts, granted }: ConsumerPlan,
  config: LinkConfig,
  accountId: string,
  region: string,
): Array<{ link: LinkCall; done: boolean }> {
  const { catalogId, database } = location;
  const where = `account ${accountId}`;
  if (config.kind === 'table') {
    const linkDatabase = config.database ?? database;
    return granted.wants.flatMap(({ resource }) => {
      if (resource.kind !== 'table' && resource.kind !== 'filter') return [];
      const { table } = resource;
      const { name, done } = chooseLinkName(
        linkNameCandidates(table, { catalogId, database }, accounts),
        observed.consumer?.tables?.[table] ?? [],
        `database ${linkDatabase} of ${where}`,
      );
      return [
        {
          link: {
            accountId,
            region,
            database: linkDatabase,
            table: name,
            target: { catalogId, database, table },
          },
          done,
        },
      ];
    });
  }
  const { name, done } = chooseLinkName(
    linkNameCandidates(database, { catalogId, database }, accounts),
    observed.consumer?.databases ?? [],
    where,
  );
  return [
    {
      link: {
        accountId,
        region,
        database: name,
        target: {
          catalogId,
          database,
          ...(region !== location.region && { region: location.region }),
        },
      },
      done,
    },
  ];
}

/** An account as people know it, with its last digits. */
export function nameOf(accountId: string, accounts: AccountConfig[]): string {
  const accountAlias = accounts.find(one => one.accountId === accountId)?.alias;
  return accountInWords({ accountId, accountAlias });
}
