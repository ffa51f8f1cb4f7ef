import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  DriftKind,
  Entitlement,
  Readiness,
  Scan,
  UndoableDecision,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { RequestRecord } from './store/requests/RequestRecord';
import type { ScanClaim } from './store/scans/ScanRow';

/** What people are told of beside changes of state. */
export type EntitlementHappening =
  | 'reapplied'
  | 'narrowed'
  | 'closed-with-residue'
  | 'moved';

/** News of an entitlement that people want to be told. */
export interface EntitlementNotice {
  kind:
    | 'activated'
    /** In force again after it was re-applied. */
    | 'restored'
    | 'failed'
    | 'change-failed'
    | 'revoked'
    | 'expired'
    /** Taken away until somebody decides. */
    | 'suspended'
    | 'relinquished'
    | 'amended'
    | 'not-ready'
    | EntitlementHappening;
  entitlement: Entitlement;
  /** Who did it, where a person did. */
  actorRef?: string;
  /** What a check has found, where that is the news. */
  readiness?: Readiness;
}

/** What happened to a request. */
export type RequestHappening =
  | 'created'
  | 'stage-approved'
  | 'approved'
  | 'rejected'
  | 'changes-requested'
  | 'revised'
  | 'withdrawn'
  | 'lapsed'
  | 'commented'
  | 'judged-again'
  /** Decided so that it can be undone; it takes effect later. */
  | 'decision-stored'
  | 'decision-undone'
  /** An undoable decision that did not take effect. */
  | 'decision-dropped';

/** Something that happened to a request. */
export interface RequestNotice {
  record: RequestRecord;
  happening: RequestHappening;
  actorRef: string;
  /** Why, in the words of who did it. */
  comment?: string;
  /** The decision that did not take effect. */
  dropped?: Pick<UndoableDecision, 'decision' | 'actorRef'>;
}

/** What happened to a publication. */
export interface PublicationNotice {
  row: {
    id: string;
    product_ref: string;
    product_title: string;
    port: string;
    port_title: string;
    owner_ref: string | null;
    accepted_owner_ref: string | null;
    state: string;
    version: number;
  };
  happening:
    | 'waits'
    | 'change-waits'
    | 'suspended'
    | 'accepted'
    | 'sent-back'
    | 'judged';
  actorRef: string;
  /**
   * Those whose turn it is, or the owner of the product; absent where only open
   * pages are told.
   */
  to?: readonly string[];
  /** What changed, in sentences. */
  words: readonly string[];
  comment?: string;
}

/** Something protected that access reaches newly. */
export interface ReachNews {
  entitlementId: string;
  requestId: string;
  productRef: string;
  productTitle: string;
  to: string[];
  words: string[];
  /** Whether it was suspended until somebody decides. */
  suspended: boolean;
}

/** How many differences there are. */
export interface ChangeCounts {
  added: number;
  changed: number;
  removed: number;
}

/** How a scan has ended. */
export interface ScanOutcome {
  claim: ScanClaim;
  state: Exclude<Scan['state'], 'running'>;
  changes: ChangeCounts;
  error?: string;
}

/** Drift that is new, of one kind, about one product or entitlement. */
export interface DriftNews {
  kind: DriftKind;
  count: number;
  /** What it is about; absent where no product is. */
  productRef?: string;
  productTitle?: string;
  ownerRef?: string;
  /** Who asked for the entitlement that it is about. */
  requesterRef?: string;
  principalWords?: string;
  entitlementId?: string;
  /** Of a single item. */
  words?: string;
}

/** Drift that was not repaired, because there is too much of it. */
export interface HeldRepair {
  kind: DriftKind;
  count: number;
  of: number;
  targetId: string;
}

/** What happens in the mesh, after it was committed, by its name. */
export interface MeshHappenings {
  /** Something of an entitlement or its steps is different now. */
  entitlementTouched: { entitlementId: string };
  /** News of an entitlement. */
  entitlement: EntitlementNotice;
  request: RequestNotice;
  publication: PublicationNotice;
  newlyReached: ReachNews;
  scanEnded: ScanOutcome;
  /** New drift of one scan. */
  driftFound: readonly DriftNews[];
  /** Repairs of one scan that were left to a person. */
  repairsHeld: readonly HeldRepair[];
}

type Listener<K extends keyof MeshHappenings> = (
  happening: MeshHappenings[K],
) => void | Promise<void>;

type Listeners = { [K in keyof MeshHappenings]: Array<Listener<K>> };

/**
 * How parts tell of what has happened without knowing who listens. Listeners
 * are called at once, in the order they came; what they do with it never fails
 * the work that told.
 */
export class MeshEvents {
  readonly #logger: LoggerService;
  readonly #listeners: Listeners = {
    entitlementTouched: [],
    entitlement: [],
    request: [],
    publication: [],
    newlyReached: [],
    scanEnded: [],
    driftFound: [],
    repairsHeld: [],
  };

  constructor(options: { logger: LoggerService }) {
    this.#logger = options.logger;
  }

  on<K extends keyof MeshHappenings>(name: K, listener: Listener<K>): void {
    this.#listeners[name].push(listener);
  }

  emit<K extends keyof MeshHappenings>(
    name: K,
    happening: MeshHappenings[K],
  ): void {
    for (const listener of this.#listeners[name]) {
      this.#call(name, async () => listener(happening));
    }
  }

  async #call(name: string, listen: () => Promise<void>): Promise<void> {
    try {
      await listen();
    } catch (error) {
      this.#logger.warn(
        `What happened (${name}) could not be told to others`,
        error instanceof Error ? error : new Error(String(error)),
      );
    }
  }
}

/** What a part needs in order to tell. */
export type Tell = Pick<MeshEvents, 'emit'>;
