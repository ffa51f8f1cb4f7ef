import type {
  AccessScope,
  DoctorReport,
  OutputPort,
  PlanStep,
  Principal,
  Readiness,
  TemporaryCredentials,
  Usage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { TaggedProduct } from './resourceTagger';

/**
 * An access in force, as far as using it needs to know it.
 *
 * @public
 */
export interface AccessInForce {
  port: OutputPort;
  scope: AccessScope;
  principal: Principal;
  /** The steps that made it, for what they are called there. */
  steps: PlanStep[];
  /** When it ends; absent where it does not. */
  expiresAt?: Date;
}

/**
 * Says whether a principal can really query, and what would make plans fail.
 * Looks only: nobody's permissions are changed.
 *
 * @public
 */
export interface ReadinessChecker {
  /** A line that cannot be looked at is `unknown`, never an error. */
  check(
    access: AccessInForce,
    options?: { signal?: AbortSignal },
  ): Promise<Omit<Readiness, 'checkedAt'>>;

  /**
   * For the accounts that ports and principals live in, and for the tags of
   * products where they are given.
   */
  diagnose(
    subjects: {
      ports: OutputPort[];
      principals: Principal[];
      products?: TaggedProduct[];
    },
    options?: { signal?: AbortSignal },
  ): Promise<DoctorReport['items']>;
}

/**
 * Tells how an access is used.
 *
 * @public
 */
export interface UsageGuide {
  /** Snippets with the consumer's own names filled in. Pure. */
  snippets(access: AccessInForce): Usage['snippets'];
}

/**
 * Gives out temporary credentials.
 *
 * @public
 */
export interface CredentialVendor {
  /** Tables that credentials can be had for, or why there are none. Pure. */
  vendable(access: AccessInForce): { tables: string[] } | { reason: string };

  /**
   * @param wanted - a table of {@link CredentialVendor.vendable}, and for how
   *   long; never beyond the end of the access
   * @throws NotAllowedError where the access is restricted to columns or rows
   */
  vend(
    access: AccessInForce,
    wanted: { table: string; durationSeconds: number },
    options?: { signal?: AbortSignal },
  ): Promise<TemporaryCredentials>;
}
