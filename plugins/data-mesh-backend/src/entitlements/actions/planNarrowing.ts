import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import {
  beyondScope,
  isSameScope,
  scopeInWords,
  type AccessScope,
  type NewNarrowing,
  type Problem,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementDeps } from '../EntitlementDeps';
import { ProblemsError } from '../../errors/ProblemsError';
import { failureInWords } from '../../provisioners/AccessPlanner';
import { scopeProblems } from '../../scopes/scopeProblems';
import type { NewChange } from '../lifecycle/changing';
import { portOf, principalOf } from '../../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../../store/tables';

/** What a narrowing comes to. */
export interface PlannedNarrowing {
  change?: Omit<NewChange, 'actorRef' | 'reason'>;
  expiresAt?: Date;
  reason: string;
}

/**
 * @throws InputError with all problems
 * @throws ConflictError where what is left cannot be granted
 * @throws ServiceUnavailableError where that cannot be found out now
 */
export async function planNarrowing(
  deps: EntitlementDeps,
  row: EntitlementRow,
  narrowing: NewNarrowing,
): Promise<PlannedNarrowing> {
  const reason = narrowing.reason.trim();
  const problems = [
    ...narrowingProblems(deps, row, narrowing),
    ...(reason
      ? []
      : [
          {
            field: 'reason',
            reason: 'is empty, expected why less is needed; others read it',
          },
        ]),
  ];
  if (problems.length > 0) throw new ProblemsError(problems);
  const { scope, expiresAt } = narrowing;
  return {
    ...(expiresAt && { expiresAt: new Date(expiresAt) }),
    ...(scope && { change: await changeTo(deps, row, scope) }),
    reason,
  };
}

function narrowingProblems(
  deps: EntitlementDeps,
  row: EntitlementRow,
  { scope, expiresAt }: NewNarrowing,
): Problem[] {
  if (!scope && !expiresAt) {
    return [
      {
        field: 'scope',
        reason: 'is missing, and so is expiresAt; at least one is expected',
      },
    ];
  }
  const problems: Problem[] = [];
  if (scope) {
    const held = JSON.parse(row.scope) as AccessScope;
    const provisioner = deps.provisioners.find(row.port_type);
    problems.push(...scopeProblems(scope, portOf(row), provisioner));
    if (problems.length === 0) {
      problems.push(...beyondScope(held, scope, 'scope'));
    }
    if (problems.length === 0 && isSameScope(held, scope)) {
      problems.push({
        field: 'scope',
        reason: `is what is held already: ${scopeInWords(held)}`,
      });
    }
  }
  if (expiresAt) {
    const end = Date.parse(expiresAt);
    const held = Date.parse(row.expires_at ?? '');
    if (end <= deps.clock().getTime()) {
      problems.push({
        field: 'expiresAt',
        reason: `${expiresAt} is over already; revoke it or hand it back to end it now`,
      });
    } else if (end >= held) {
      problems.push({
        field: 'expiresAt',
        reason: `${expiresAt} is no earlier than ${row.expires_at}, when it ends; a longer time is asked for by a renewal`,
      });
    }
  }
  return problems;
}

async function changeTo(
  deps: EntitlementDeps,
  row: EntitlementRow,
  scope: AccessScope,
): Promise<PlannedNarrowing['change']> {
  const port = portOf(row);
  const provisioner = deps.provisioners.find(row.port_type);
  if (!provisioner) {
    throw new ServiceUnavailableError(
      `No provisioner serves ports of type '${row.port_type}'`,
    );
  }
  const planned = await deps.planner.plan(provisioner, {
    port,
    scope,
    principal: principalOf(row),
  });
  if (!planned.ok) {
    const words = failureInWords(planned.error);
    throw planned.error.kind === 'permanent'
      ? new ConflictError(`This cannot be what is left: ${words}`)
      : new ServiceUnavailableError(
          `What would be left cannot be found out now: ${words}. Nothing was changed; try again later`,
        );
  }
  const { plan, identities } = planned;
  return { kind: 'narrow', scope, port, plan, identities };
}
