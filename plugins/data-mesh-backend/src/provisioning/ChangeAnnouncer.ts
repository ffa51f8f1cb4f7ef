import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  Entitlement,
  Readiness,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  EntitlementChange,
  EntitlementHappening,
} from '../entitlements/EntitlementLifecycle';
import { changeOf, toEntitlement } from '../store/EntitlementRow';
import type { EntitlementRow } from '../store/tables';

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

/** Where changes are told. Called after the change has been committed. */
export interface ChangePublisher {
  /** Something of the entitlement or its steps is different now. */
  onChange(entitlementId: string): void | Promise<void>;
  notify(notice: EntitlementNotice): void | Promise<void>;
}

/** Tells committed changes. What the listeners do with it never fails work. */
export class ChangeAnnouncer {
  readonly #publisher: ChangePublisher;
  readonly #logger: LoggerService;

  constructor(options: { publisher: ChangePublisher; logger: LoggerService }) {
    this.#publisher = options.publisher;
    this.#logger = options.logger;
  }

  announce(change: EntitlementChange): void {
    this.#tell(() => this.#publisher.onChange(change.after.id));
    const notice = noticeOf(change);
    if (notice) this.#tell(() => this.#publisher.notify(notice));
  }

  /** What was seen of it is different now; nobody is told in person. */
  announceHealth(entitlementId: string): void {
    this.#tell(() => this.#publisher.onChange(entitlementId));
  }

  /** A check was made; people are told where a query would fail. */
  announceReadiness(row: EntitlementRow, readiness: Readiness): void {
    this.#tell(() => this.#publisher.onChange(row.id));
    if (readiness.ready === 'no') {
      const entitlement = toEntitlement(row);
      this.#tell(() =>
        this.#publisher.notify({ kind: 'not-ready', entitlement, readiness }),
      );
    }
  }

  async #tell(act: () => void | Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#logger.warn(
        'A change of an entitlement could not be told to others',
        error instanceof Error ? error : new Error(String(error)),
      );
    }
  }
}

/** What people are to be told of a change, if anything. */
export function noticeOf({
  before,
  after,
  happening,
  actorRef,
}: EntitlementChange): EntitlementNotice | undefined {
  const entitlement = toEntitlement(after);
  if (happening) {
    return { kind: happening, entitlement, ...(actorRef && { actorRef }) };
  }
  if (before.state === after.state) {
    if (after.state !== 'active') return undefined;
    if (after.change_state === 'failed' && before.change_state !== 'failed') {
      return { kind: 'change-failed', entitlement };
    }
    if (before.scope === after.scope) return undefined;
    const isNarrower = changeOf(before)?.kind === 'narrow';
    return { kind: isNarrower ? 'narrowed' : 'amended', entitlement };
  }
  switch (after.state) {
    case 'active':
      return {
        kind: before.activated_at === null ? 'activated' : 'restored',
        entitlement,
      };
    case 'failed':
    case 'suspended':
    case 'expired':
      return { kind: after.state, entitlement };
    case 'revoked':
      return {
        kind: after.end_kind === 'relinquished' ? 'relinquished' : 'revoked',
        entitlement,
      };
    default:
      return undefined;
  }
}
