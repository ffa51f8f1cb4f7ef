import type {
  JudgedReach,
  OutputPort,
  PolicyEvaluation,
  Principal,
  Problem,
  RequestKind,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Provisioner } from '@lakemesh/backstage-plugin-data-mesh-node';
import type { FoundProduct } from '../../catalog/MeshCatalog';
import type { Caller } from '../../identity/Caller';
import type { FoundEntitlement } from '../../entitlements/reading/EntitlementReader';
import type { PlanOutcome } from '../../provisioners/AccessPlanner';

/** A principal of a draft, with what holds for it alone. */
export interface AssessedPrincipal {
  id: string;
  via?: string;
  /** Absent where the caller may not ask for it: nothing more is found out. */
  principal?: Principal;
  policy?: PolicyEvaluation;
  plan?: PlanOutcome;
}

/** A draft with all that could be found out about it. */
export interface Assessment {
  /** What is wrong with the draft. */
  problems: Problem[];
  /** What policy refuses of it. */
  refusals: Problem[];
  product?: FoundProduct;
  port?: OutputPort;
  provisioner?: Provisioner;
  consumerRef?: string;
  principals: AssessedPrincipal[];
  sensitiveColumns: string[];
  /** What the scope reaches now. */
  reach?: JudgedReach;
  /** The entitlement that a renewal or amendment is about. */
  about?: FoundEntitlement;
}

/** Who is given access, where that is settled. */
export interface SettledPrincipal {
  principal: Principal;
  via?: string;
}

/** How a draft is looked at. */
export type AssessOptions = {
  kind: RequestKind;
  /** False for a draft that is still being filled in. */
  complete: boolean;
  /** True once a person has to look: then no rule approves it any more. */
  isAskedOfPeople?: boolean;
} & (
  | {
      caller: Caller;
      /**
       * The one principal of a request that exists already. It was checked when
       * it was asked for.
       */
      settled?: SettledPrincipal;
    }
  | {
      /** Of a request that is judged again, who made it. */
      requester: Requester;
      settled: SettledPrincipal;
    }
);

/** Who made a request, and what that user stands for now. */
export type Requester = Pick<Caller, 'userRef' | 'ownershipRefs'>;
