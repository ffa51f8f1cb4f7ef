import type { RequestDraft } from '@lakemesh/backstage-plugin-data-mesh-common';
import { allInTurns } from '../../turns';
import type { FoundReach } from '../reach/findReach';
import type { AssessDeps } from './AssessDeps';
import type { AssessOptions, Assessment } from './Assessment';

/** Asks policy about each principal, and notes what it says. */
export async function evaluatePolicy(
  deps: AssessDeps,
  draft: RequestDraft,
  found: Pick<Assessment, 'product' | 'port' | 'principals'> & {
    reached?: FoundReach;
  },
  options: AssessOptions,
): Promise<void> {
  const { product, port, reached } = found;
  const { scope } = draft;
  if (!product || !port || !scope || !reached) return;
  const asker = 'caller' in options ? options.caller : options.requester;
  const { judgedPort, domainOwners } = reached;
  await allInTurns(found.principals, async one => {
    if (!one.principal) return;
    one.policy = await deps.policy.evaluate(
      {
        kind: options.kind,
        product: product.entity,
        productRef: product.productRef,
        ownerRef: judgedPort.ownerRef,
        domainRef: judgedPort.domainRef,
        domainOwnerRef: domainOwners[judgedPort.domainRef],
        port,
        scope,
        ...reached,
        governance: deps.sources.governance,
        requesterRef: asker.userRef,
        requesterOwnershipRefs: [...asker.ownershipRefs],
        isAskedOfPeople: options.isAskedOfPeople,
        principal: one.principal,
        purpose: draft.purpose,
        durationDays: draft.durationDays,
      },
      one.via,
    );
  });
}
