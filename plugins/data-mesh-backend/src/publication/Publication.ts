import type {
  FactDifference,
  PortFacts,
  PublicationState,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** Holder of a table in whose place nobody answers. */
export const NOBODY = '';

/** The facts that were accepted last, and for whose places. */
export interface AcceptedFacts {
  readonly facts: PortFacts;
  /** Domains that held the tables at acceptance, or {@link NOBODY}. */
  readonly holders: readonly string[];
  readonly at: string;
  readonly by: string;
  readonly because: string;
  /**
   * Whether a person accepted them, or they came from a trusted location; what a
   * rule accepted otherwise, anybody may have written in the name of the owner.
   */
  readonly vouched?: boolean;
  /** Which entities the owner and the domain were. */
  readonly ownerUid?: string;
  readonly domainUid?: string;
}

/** A difference that somebody sent back. */
export interface SentBack {
  readonly actorRef: string;
  readonly at: string;
  readonly comment?: string;
}

/** What the owner of one holder accepted while others have still to. */
export interface PartAccept {
  readonly holder: string;
  readonly actorRef: string;
  readonly signatures: readonly string[];
}

/** A difference with what tells it from the same one with another content. */
export interface SignedDifference extends FactDifference {
  readonly signature: string;
}

/** Those who decide for some of the holders. Each part has to accept. */
export interface DecisionPart {
  readonly holders: readonly string[];
  /** Full references; empty where nobody is left. */
  readonly approvers: readonly string[];
  readonly because: string;
}

/** What people and rules have decided about a port so far. */
export interface Decided {
  readonly accepted?: AcceptedFacts;
  /** By signature of the difference. */
  readonly sentBack: { readonly [signature: string]: SentBack };
  readonly partAccepts: readonly PartAccept[];
  /** Whether it came back under another owner or domain of the same name. */
  readonly estranged: boolean;
}

/** What holds for a port now. */
export interface Judgement extends Decided {
  readonly state: PublicationState;
  readonly requestable: boolean;
  readonly why?: string;
  /** Whether the catalog has the port. */
  readonly present: boolean;
  /** Facts of the catalog, where they can be read. */
  readonly current?: PortFacts;
  /** What loosens: what waits, and what was sent back. */
  readonly differences: readonly SignedDifference[];
  /** What changed and loosens nothing. */
  readonly inForce: readonly FactDifference[];
  /** Whose turn it is; empty where nothing waits. */
  readonly parts: readonly DecisionPart[];
  /** Whether a rule accepted something just now. */
  readonly acceptedByRule: boolean;
}

/** Differences that nobody has decided yet. */
export const waitingOf = (judged: Pick<Judgement, 'differences'>) =>
  judged.differences.filter(difference => !difference.sentBack);
