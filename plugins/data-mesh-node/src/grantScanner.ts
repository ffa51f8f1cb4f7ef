import type {
  AccessAnswer,
  ObservedGrant,
  OutputPort,
  PlanStep,
  RevocationEffect,
  ScanTarget,
  WhatQuery,
  WhoQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { LiveStep } from './grantComparison';

/**
 * A grant with a key that stays the same from scan to scan, whatever is held
 * there.
 *
 * @public
 */
export interface ScannedGrant {
  /**
   * Principal and resource, and what else tells two grants of one principal on
   * one resource apart. Up to 512 characters; unique within a target.
   */
  key: string;
  /**
   * Principal and resource without the parts of it: the lines under which a
   * system lists one grant have it in common. What
   * {@link GrantScanner.keysOf} gives for the steps behind it.
   */
  group: string;
  /** Its words name the columns, where it is on some of them only. */
  grant: ObservedGrant;
}

/**
 * A page of a scan.
 *
 * @public
 */
export interface ScanPage {
  grants: ScannedGrant[];
  /** Calls made for this page. */
  calls: number;
}

/**
 * What a step wants, compared with what a scan saw. `unseen` where scans do not
 * show that kind of step.
 *
 * @public
 */
export type StepJudgement =
  | { state: 'present' }
  | { state: 'unseen' }
  | { state: 'partial' | 'absent'; words: string };

/**
 * What is to be taken away of what a target holds.
 *
 * @public
 */
export interface Revocation {
  /** As `Provisioner.compare` found them to be unexplained. */
  parts: readonly ObservedGrant[];
  /** Steps in force there: what they want stays, or is granted again. */
  keeping: readonly LiveStep[];
}

/**
 * A look at what is held at one port: a part of what a scan of its target sees.
 *
 * @public
 */
export interface PortLook {
  target: ScanTarget;
  /**
   * Whether scans of the target list the same grants. What they do not list is
   * shown, and not kept.
   */
  isPartOfScan: boolean;
  /** All that the look shows is in this database of this catalog, or in none. */
  within: { catalogId?: string; database: string };

  /** The grants at the port now, as a scan of the target would list them. */
  read(options?: { signal?: AbortSignal }): Promise<ScannedGrant[]>;

  /** Whether the look would list such a grant. Pure. */
  showsGrant(grant: ObservedGrant): boolean;

  /** Whether the look would list all grants that a step shows in. Pure. */
  showsStep(step: PlanStep): boolean;
}

/**
 * Reads all that a system holds, once and page by page, for grants explorer,
 * drift and questions. Reading only, but for {@link GrantScanner.revoke}.
 *
 * @public
 */
export interface GrantScanner {
  /** Where the ports live, and where else plans for them write. */
  targets(ports: OutputPort[], steps: PlanStep[]): ScanTarget[];

  /** All that a target holds, in pages. Memory does not grow with their number. */
  scan(
    target: ScanTarget,
    options?: { signal?: AbortSignal },
  ): AsyncIterable<ScanPage>;

  /**
   * A look at one port alone, for a page that shows what is held there now.
   *
   * @throws InputError where the port's location cannot be read
   */
  look(port: OutputPort): PortLook;

  /** Groups of {@link ScannedGrant}s that the step would show in. Pure. */
  keysOf(step: PlanStep): string[];

  /** Id of the target that the step writes to. Pure. */
  targetOf(step: PlanStep): string | undefined;

  /**
   * How much of a step is among the grants of its groups. Pure, by what the last
   * scan of the target has read beside the grants: for steps without groups that
   * is all there is.
   */
  judge(step: PlanStep, grants: ObservedGrant[]): StepJudgement;

  /**
   * Why a grant needs no entitlement, in words: an administrator's, say. Pure,
   * by what the last scan or look at the target has read beside the grants.
   */
  standing(
    target: ScanTarget,
    grant: ObservedGrant,
  ): { kind: 'administrator' | 'unrestricted'; words: string } | undefined;

  /**
   * What taking parts of grants away comes to: the calls that
   * {@link GrantScanner.revoke} makes, in their order. Pure.
   */
  planRevoke(target: ScanTarget, revocation: Revocation): RevocationEffect[];

  /** Takes away what nobody approved. What is gone already is fine. */
  revoke(
    target: ScanTarget,
    revocation: Revocation,
    options?: { signal?: AbortSignal },
  ): Promise<void>;

  /**
   * Who can see a table or a column, by all that reaches it: grants as scanned,
   * and what the system implies.
   */
  who(
    query: WhoQuery,
    grants: AsyncIterable<ScannedGrant> | Iterable<ScannedGrant>,
    options?: { signal?: AbortSignal },
  ): Promise<Pick<AccessAnswer, 'items' | 'caveats'>>;

  /** What a principal can see, by all that reaches it. */
  what(
    query: WhatQuery,
    grants: AsyncIterable<ScannedGrant> | Iterable<ScannedGrant>,
    options?: { signal?: AbortSignal },
  ): Promise<Pick<AccessAnswer, 'items' | 'caveats'>>;
}
