import {
  type Plan,
  type RequestDraft,
  type RequestPreview,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { MeshCatalog } from '../../catalog/MeshCatalog';
import type { Caller } from '../../identity/Caller';
import type { PrincipalDirectory } from '../../principals/PrincipalDirectory';
import type { Sight } from '../../sight';
import { failureInWords } from '../../provisioners/AccessPlanner';
import type { ExistingAccessFinder } from '../reading/ExistingAccess';
import { reachView } from '../reach/reachView';
import { tellReach } from '../reach/tellReach';
import { medianDecisionHours } from './medianDecisionHours';
import {
  MOST_PLANNED,
  type AssessedPrincipal,
  type RequestAssessor,
} from '../assessment/RequestAssessor';
import type { RequestStore } from '../../store/requests/RequestStore';

/** The plans of several principals as one: their steps one after the other. */
function together(plans: Plan[]): Plan | undefined {
  const [first] = plans;
  return (
    first && {
      ...first,
      steps: plans.flatMap(plan => plan.steps),
      warnings: [...new Set(plans.flatMap(plan => plan.warnings))],
    }
  );
}

function planOf(principals: AssessedPrincipal[]) {
  const plans: Plan[] = [];
  const errors = new Set<string>();
  for (const { plan } of principals) {
    if (plan?.ok) plans.push(plan.plan);
    else if (plan) errors.add(failureInWords(plan.error));
  }
  const asked = principals.filter(one => one.principal).length;
  if (asked > MOST_PLANNED) {
    errors.add(
      `The preview plans for the first ${MOST_PLANNED} of ${asked} principals; each request is planned when it is sent`,
    );
  }
  const plan = together(plans);
  return {
    ...(plan && { plan }),
    ...(errors.size > 0 && { planError: [...errors].join('; ') }),
  };
}

/** Says what would happen if a draft were asked. */
export class RequestPreviewer {
  readonly #assessor: RequestAssessor;
  readonly #existing: ExistingAccessFinder;
  readonly #store: RequestStore;
  readonly #principals: PrincipalDirectory;
  readonly #sight: Sight;
  readonly #catalog: Pick<MeshCatalog, 'visible'>;

  constructor(options: {
    assessor: RequestAssessor;
    existing: ExistingAccessFinder;
    store: RequestStore;
    principals: PrincipalDirectory;
    sight: Sight;
    catalog: Pick<MeshCatalog, 'visible'>;
  }) {
    this.#assessor = options.assessor;
    this.#existing = options.existing;
    this.#store = options.store;
    this.#principals = options.principals;
    this.#sight = options.sight;
    this.#catalog = options.catalog;
  }

  async preview(draft: RequestDraft, caller: Caller): Promise<RequestPreview> {
    const chosen = draft.principals ?? [];
    // Who decides can be told before a principal is chosen: as for the first.
    const guessed =
      chosen.length === 0
        ? (await this.#principals.availableTo(caller))
            .slice(0, 1)
            .map(one => one.id)
        : chosen;
    const { problems, principals, product, reach } =
      await this.#assessor.assess(
        { ...draft, principals: guessed },
        { caller, kind: draft.kind ?? 'new', complete: false },
      );
    const policy = principals.find(one => one.policy)?.policy;
    const median =
      product &&
      medianDecisionHours(
        await this.#store.decisionTimes(product.productRef, {
          readable: await this.#sight.requests.filter(caller),
          limit: 50,
        }),
      );
    return {
      problems:
        chosen.length === 0
          ? problems.filter(one => !one.field.startsWith('principals'))
          : problems,
      ...(policy && { policy }),
      ...(reach && {
        reach: await tellReach(this.#catalog, reachView(reach), caller),
      }),
      ...(chosen.length > 0 && planOf(principals)),
      ...(product && draft.port !== undefined && draft.scope
        ? await this.#existing.find(
            {
              productRef: product.productRef,
              port: draft.port,
              // Of principals that the caller may not ask for, nothing is told.
              principals: principals.flatMap(({ id, principal }) =>
                principal && chosen.includes(id) ? [id] : [],
              ),
              scope: draft.scope,
              exceptEntitlementId:
                draft.kind === 'amend' || draft.kind === 'renew'
                  ? draft.entitlementId
                  : undefined,
            },
            await this.#sight.of(caller),
          )
        : { existing: [], hiddenExisting: 0 }),
      ...(median !== undefined && { medianDecisionHours: median }),
    };
  }
}
