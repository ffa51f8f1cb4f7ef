import {
  scopeForm,
  sensitiveColumnsOf,
  type Problem,
  type RequestDraft,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Provisioner } from '@lakemesh/backstage-plugin-data-mesh-node';
import type { FoundEntitlement } from '../../entitlements/reading/EntitlementReader';
import { failureInWords } from '../../provisioners/AccessPlanner';
import { inTurns, nextTurn } from '../../turns';
import { changeProblems } from './changesOfEntitlement';
import { findReach, type FoundReach } from '../reach/findReach';
import { onlyNewlyReached } from '../reach/onlyNewlyReached';
import type { PortStanding } from '../reach/sources';
import { eachRequestProblems } from './validateRequest';
import type { AssessDeps } from './AssessDeps';
import type { AssessOptions, Assessment } from './Assessment';
import {
  asPublishedNow,
  consumerOf,
  entitlementAbout,
  principalsOf,
} from './lookUpDraft';
import { evaluatePolicy } from './evaluatePolicy';
import { MOST_PLANNED, planEach } from './planEach';

/** Finds out what a draft names, what policy says, and what would be done. */
export async function assessRequest(
  deps: AssessDeps,
  draft: RequestDraft,
  options: AssessOptions,
): Promise<Assessment> {
  const caller = 'caller' in options ? options.caller : undefined;
  const { product, port, standing } = await asPublishedNow(deps, draft, caller);
  const provisioner = port && deps.provisioners.find(port.type);
  const consumer = caller && (await consumerOf(deps, draft, caller));
  const about = await entitlementAbout(deps, draft, options);
  const { principals, facts } = await principalsOf(
    deps,
    draft,
    { product, provisioner },
    about ? { ...options, settled: about.settled } : options,
  );
  const together = {};
  // Each of these goes through all that the scope names.
  await nextTurn();
  const reached =
    product && port && provisioner && draft.scope && standing
      ? await findReach(
          { ...deps.sources, timeoutMs: deps.planner.timeoutMs },
          {
            ...standing,
            productRef: product.productRef,
            port,
            domainOwnerRef: product.domainOwnerRef,
          },
          provisioner,
          draft.scope,
          together,
        )
      : undefined;
  await nextTurn();
  // What was approved before is not asked again.
  const decided =
    options.kind === 'resume' ? newlyReached(reached, about?.found) : reached;
  const sensitiveColumns =
    port && decided ? sensitiveColumnsOf({ ...decided, port }) : [];
  const found = { product, port, provisioner, principals, together };

  const days = draft.durationDays;
  const keepsEnd = ['amend', 'resume'].includes(options.kind);
  await evaluatePolicy(
    deps,
    {
      ...draft,
      durationDays: keepsEnd
        ? about?.found.entitlement.durationDays ?? days
        : days,
    },
    { ...found, reached: decided },
    options,
  );
  await nextTurn();
  const policies = principals.flatMap(one => one.policy ?? []);
  const maxDurationDays = Math.min(
    deps.policy.rules.maxDurationDays,
    product?.entity.spec.access?.maxDurationDays ?? Infinity,
    ...policies.map(one => one.maxDurationDays),
  );
  const problems: Problem[] = [];
  const each = eachRequestProblems(
    draft,
    {
      product: product?.entity,
      provisioner: port &&
        provisioner && {
          title: provisioner.title,
          capabilities: provisioner.capabilities,
          portProblems: provisioner.checkPort(port),
        },
      principals: facts,
      consumer: consumer?.fact,
      purposes: deps.policy.rules.purposes,
      maxDurationDays,
      sensitiveColumns,
    },
    { complete: options.complete, keepsEnd },
  );
  for await (const some of inTurns(each)) problems.push(...some);

  await nextTurn();
  problems.push(
    ...standingProblems(standing, draft, provisioner),
    ...changeProblems(draft, {
      kind: options.kind,
      about: about?.found,
      productRef: product?.productRef,
      maxDurationDays,
      now: deps.now(),
    }),
  );

  if (!problems.some(({ field }) => /^(productRef|port|scope)/.test(field))) {
    const planned = options.complete
      ? principals
      : principals.filter(one => one.principal).slice(0, MOST_PLANNED);
    // Of suspended access nothing is in force that it could be a change of.
    const inForce = options.kind === 'resume' ? undefined : about?.found;
    await planEach(deps, draft, { ...found, principals: planned }, inForce);
    for (const { plan } of principals) {
      // A renewal does nothing in the system that could fail.
      if (
        plan &&
        !plan.ok &&
        plan.error.kind === 'permanent' &&
        options.kind !== 'renew'
      ) {
        problems.push({ field: 'port', reason: failureInWords(plan.error) });
      }
    }
  }
  return {
    problems: distinct(problems),
    refusals: distinct(
      policies.flatMap(({ refusals }) =>
        refusals.map(({ field, reason }) => ({ field, reason: reason.text })),
      ),
    ),
    product,
    port,
    provisioner,
    consumerRef: consumer?.ref,
    principals,
    sensitiveColumns,
    ...(reached && { reach: reached.reach }),
    about: about?.found,
  };
}

/** What of a reach access did not reach when it was approved. */
function newlyReached(
  reached: FoundReach | undefined,
  about: FoundEntitlement | undefined,
): FoundReach | undefined {
  return (
    reached && {
      ...reached,
      reach: onlyNewlyReached(
        reached.reach,
        reached.judgedPort.domainRef,
        new Set(about?.approvedReach),
      ),
    }
  );
}

/** Why a port cannot be asked for, or not in this form. */
function standingProblems(
  standing: PortStanding | undefined,
  { scope }: RequestDraft,
  provisioner: Provisioner | undefined,
): Problem[] {
  if (standing && !standing.requestable) {
    return [
      {
        field: 'port',
        reason: standing.why ?? 'the port is not published',
      },
    ];
  }
  // What cannot be looked at cannot be given as a whole.
  return scope &&
    provisioner &&
    !provisioner.directory &&
    scopeForm(scope) !== 'tables'
    ? [
        {
          field: 'scope',
          reason: `${provisioner.title} does not tell which tables there are; choose tables`,
        },
      ]
    : [];
}

function distinct(problems: Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ field, reason }) => {
    const key = `${field}\n${reason}`;
    return !seen.has(key) && seen.add(key);
  });
}
