import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type {
  AccessScope,
  Capabilities,
  ObservedGrant,
  OutputPort,
  Plan,
  PlanStep,
  Principal,
  Problem,
  RevocationEffect,
  StepError,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { JsonObject } from '@backstage/types';
import type {
  CredentialVendor,
  ReadinessChecker,
  UsageGuide,
} from './accessSupport';
import type {
  GrantComparison,
  GrantGrounds,
  LiveStep,
} from './grantComparison';
import type { GrantScanner } from './grantScanner';
import type { ResourceTagger } from './resourceTagger';
import type { TableDirectory } from './tableDirectory';

/**
 * What somebody shall get: the input of planning.
 *
 * @public
 */
export interface AccessIntent {
  port: OutputPort;
  scope: AccessScope;
  principal: Principal;
}

/**
 * A port as the provisioner's system knows it now.
 *
 * @public
 */
export interface ResolvedPort {
  /**
   * What the port is in the system, to notice re-creation under the same name:
   * key of the thing → its identity (a table's creation time, a role's id).
   */
  identities: { [key: string]: string };
  /**
   * Keys of what was looked for and is not there. What could not be looked at
   * is in neither of the two: nothing is known of it.
   */
  missing?: string[];
  /** What the provisioner needs to plan. Not looked into by the backend. */
  observed: JsonObject;
}

/**
 * How {@link Provisioner.resolve} looks.
 *
 * @public
 */
export interface ResolveOptions {
  signal?: AbortSignal;
  /**
   * The same object for looks that belong together, like those of one scan:
   * what they have in common may be looked up once.
   */
  together?: object;
}

/**
 * What the system holds now of what a step wants.
 *
 * @public
 */
export interface StepObservation {
  state: 'absent' | 'partial' | 'present';
  /** What is held, in the provisioner's own shape. Plain data. */
  held: JsonObject;
}

/**
 * What undoing a step takes away and what it leaves.
 *
 * @public
 */
export interface UndoPlan {
  removes: RevocationEffect[];
  keeps: RevocationEffect[];
}

/**
 * Makes access real in one kind of system. The backend knows systems only
 * through this interface.
 *
 * For one step the backend calls, in this order and each idempotent:
 * `observe`, `baseline` (stored before anything is written, and never computed
 * again for that step), `apply`, `observe`. A step counts as done only when the
 * last `observe` says `present`. To end it: `observe`, `undo`, `observe`; to end
 * a step that has no `undo`, nothing: what it did goes with another step.
 * Thrown errors go to `classify`.
 *
 * @public
 */
export interface Provisioner {
  /** The `type` of the output ports it serves, like `lake-formation`. */
  readonly portType: string;
  /** Name of the system as people read it. */
  readonly title: string;
  readonly capabilities: Capabilities;

  /** What is wrong with a port's location, without asking the system. */
  checkPort(port: OutputPort): Problem[];

  /**
   * Reads a principal in the system's words.
   *
   * @returns undefined where the text names none that the system could grant to
   */
  readPrincipal(id: string): Principal | undefined;

  /**
   * Looks at the port in the system, as far as planning for the intent needs.
   *
   * @throws NotFoundError where the port's table or database does not exist
   */
  resolve(
    intent: AccessIntent,
    options?: ResolveOptions,
  ): Promise<ResolvedPort>;

  /** Intent and what exists → ordered steps. Pure. */
  plan(intent: AccessIntent, resolved: ResolvedPort): Plan;

  /** Looks how much of the step the system holds. */
  observe(
    step: PlanStep,
    options?: { signal?: AbortSignal },
  ): Promise<StepObservation>;

  /**
   * What of the observed was there before us and must stay when the step ends:
   * the observed less what the other live steps put there. Pure.
   */
  baseline(
    step: PlanStep,
    observation: StepObservation,
    others: LiveStep[],
  ): JsonObject;

  /** Does what the step says and the observation lacks. */
  apply(
    step: PlanStep,
    context: { observation: StepObservation; signal?: AbortSignal },
  ): Promise<void>;

  /**
   * What {@link Provisioner.apply} would do: the calls that it makes, in their
   * order, each with what is gained by it. Pure.
   */
  planApply(step: PlanStep, observation: StepObservation): RevocationEffect[];

  /** What undoing would take away and leave, call by call. Pure. */
  planUndo(
    step: PlanStep,
    context: {
      observation: StepObservation;
      baseline: JsonObject;
      others: LiveStep[];
    },
  ): UndoPlan;

  /** Takes away what {@link Provisioner.planUndo} names under `removes`. */
  undo(
    step: PlanStep,
    context: {
      observation: StepObservation;
      baseline: JsonObject;
      others: LiveStep[];
      signal?: AbortSignal;
    },
  ): Promise<void>;

  /** What kind of failure an error is, and what a person can do about it. */
  classify(error: unknown): Omit<StepError, 'at'>;

  /** What of a listed grant comes from where. Pure. */
  compare(grant: ObservedGrant, grounds: GrantGrounds): GrantComparison;

  /**
   * Absent where nothing is known of where tables stand: then no domain holds
   * them, and nothing but named tables can be asked for.
   */
  readonly directory?: TableDirectory;
  /** Absent where the system cannot list all that it holds. */
  readonly scanner?: GrantScanner;
  /** Absent where there is nothing to look at. */
  readonly readiness?: ReadinessChecker;
  /** Absent where there is nothing to tell. */
  readonly usage?: UsageGuide;
  /** Absent where the system gives out none. */
  readonly credentials?: CredentialVendor;
  /** Absent where access does not go by tags. */
  readonly tagger?: ResourceTagger;
}

/**
 * Where modules add provisioners.
 *
 * @public
 */
export interface ProvisionersExtensionPoint {
  /** @throws ConflictError where the port type is served already */
  addProvisioner(provisioner: Provisioner): void;
}

/**
 * Extension point for {@link Provisioner}s.
 *
 * @public
 */
export const provisionersExtensionPoint =
  createExtensionPoint<ProvisionersExtensionPoint>({
    id: 'data-mesh.provisioners',
  });
