import {
  principalSentence,
  sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  Plan,
  PlanStep,
  Sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AccessIntent } from '@lakemesh/backstage-plugin-data-mesh-node';
import { LakeFormationConfig, defaultLakeFormationConfig } from '../config';
import { PortLocation, PORT_TYPE } from '../lake/PortLocation';
import { toPassOn } from '../lake/access';
import { ResourceAccess, Grantee } from '../lake/grant';
import { granteeOf } from '../lake/principals';
import { orderedTags } from '../lake/resource';
import { describeFilter } from '../steps/filters/describeFilter';
import { describeGrant } from '../steps/grants/describeGrant';
import { ObservedPort } from './ObservedPort';
import { Reach, reachOf } from './Reach';
import { checkIntent } from './checkIntent';
import { checkReach } from './checkReach';
import { inChunks } from './inChunks';
import { nameOf, planConsumer } from './planConsumer';
import { planOptIns } from './planOptIns';
import { planRestriction } from './planRestriction';
import { planWarnings } from './planWarnings';
import { PlannedScope, planScope } from './wants/scopeWants';

const needsOf = (chunk: ResourceAccess[], filters: PlannedFilter[]) =>
  filters
    .filter(({ want }) =>
      chunk.some(({ resource }) => resource === want.resource),
    )
    .map(({ step }) => step.id);

/** What of the configuration plans depend on. */
export type PlanningConfig = Pick<
  LakeFormationConfig,
  | 'accounts'
  | 'organization'
  | 'identityCenterAccountId'
  | 'iamAllowedPrincipals'
>;

/** Whom the catalog's account grants to, for somebody to have access. */
export interface FirstGrantee {
  grantee: Grantee;
  /** With its name in backticks. */
  words: Sentence;
  /** Whether that is an account or organization, which passes it on. */
  passesOn: boolean;
}

/** A principal that cannot be granted to across accounts is reached by its own. */
export function firstGrantee(
  { principal }: Pick<AccessIntent, 'principal'>,
  { by, consumer }: Reach,
  { accountId: homeAccountId }: Pick<PortLocation, 'accountId'>,
  { accounts }: Pick<PlanningConfig, 'accounts'>,
): FirstGrantee {
  if (by === 'passed-on' && consumer) {
    const { accountId } = consumer;
    return {
      grantee: { principalId: accountId },
      words: sentence('principal.account', {
        account: nameOf(accountId, accounts),
      }),
      passesOn: true,
    };
  }
  return {
    grantee: granteeOf(principal.id),
    words:
      by === 'account' && consumer
        ? sentence('principal.account', {
            account: nameOf(consumer.accountId, accounts),
          })
        : principalSentence(principal, { homeAccountId, quoted: true }),
    passesOn: by !== 'direct',
  };
}

/**
 * What is asked for and what exists → the steps that make it so. Pure.
 *
 * @throws InputError where it cannot be granted, naming the field and the way out
 */
export function planAccess(
  intent: AccessIntent,
  location: PortLocation,
  observed: ObservedPort,
  config: PlanningConfig = defaultLakeFormationConfig,
): Plan {
  checkIntent(intent);
  const reach = reachOf(location, intent.principal, config);
  checkReach(intent, location, reach, observed);
  const first = firstGrantee(intent, reach, location, config);
  const scope = planScope(intent, location, observed, first.words.text);
  const closing = planRestriction(
    scope.wants,
    location,
    reach,
    observed,
    config,
  );
  const filters = planFilters(scope, location);
  const wants = wantsOf(intent, scope, location, reach, first);
  const granted = inChunks(wants).map(chunk => ({
    wants: chunk,
    step: describeGrant(
      {
        accountId: location.accountId,
        region: location.region,
        catalogAccountId: location.accountId,
        ...first.grantee,
        wants: chunk.map(({ resource, access }) => ({ resource, access })),
      },
      first.words,
      {
        done: chunk.every(({ done }) => done),
        held: new Map(Object.entries(observed.held ?? {})),
        needs: [...closing.map(({ id }) => id), ...needsOf(chunk, filters)],
      },
    ),
  }));
  const granting = granted.map(({ step }) => step);
  const optIns = planOptIns({ granted, first, location, reach, observed });
  const consuming = planConsumer({
    location,
    reach,
    observed,
    accounts: config.accounts,
    granted: {
      wants: wants.map(({ resource, access }) => ({ resource, access })),
      grantee: first.grantee,
      words: first.words,
      steps: granting,
    },
    principal: intent.principal,
    grantee: granteeOf(intent.principal.id),
  });
  return {
    provisioner: PORT_TYPE,
    topology: reach.topology,
    steps: [
      ...closing,
      ...filters.map(({ step }) => step),
      ...granting,
      ...optIns,
      ...consuming,
    ],
    warnings: planWarnings({
      port: intent.port,
      scope: intent.scope,
      location,
      observed,
      planned: scope,
      reach,
      principal: principalSentence(intent.principal, {
        homeAccountId: location.accountId,
        quoted: true,
      }),
      closes: closing.length > 0,
      optsIn: optIns.length > 0 ? first.words : undefined,
    }),
  };
}

type Done = { done: boolean };

/**
 * What the catalog's account grants. Whoever passes it on gets the grant option,
 * and sees the tags of what it passes on by tags.
 */
function wantsOf(
  { scope }: AccessIntent,
  planned: PlannedScope,
  location: PortLocation,
  { by }: Reach,
  { passesOn }: FirstGrantee,
): Array<ResourceAccess & Done> {
  if (!passesOn) return planned.wants;
  const tags =
    by === 'passed-on' || by === 'account'
      ? orderedTags(scope.tagExpression ?? []).map(({ key, values }) => ({
          resource: {
            kind: 'tag' as const,
            catalogId: location.accountId,
            key,
            values,
          },
          access: { permissions: ['DESCRIBE'], select: { only: [] } },
          done: false,
        }))
      : [];
  return [...planned.wants, ...tags].map(({ resource, access }) => ({
    resource,
    access: toPassOn(access),
    done: false,
  }));
}

interface PlannedFilter {
  step: PlanStep;
  want: ResourceAccess;
}

function planFilters(
  { tables }: PlannedScope,
  { region }: PortLocation,
): PlannedFilter[] {
  return tables.flatMap(({ want, filter, isFilterThere }) =>
    filter
      ? [
          {
            want,
            step: describeFilter(filter.resource, filter.content, region, {
              done: isFilterThere,
            }),
          },
        ]
      : [],
  );
}
