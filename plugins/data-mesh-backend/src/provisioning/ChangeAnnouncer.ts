import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Entitlement } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementChange } from '../entitlements/EntitlementLifecycle';
import { toEntitlement } from '../entitlements/EntitlementRow';

/** News of an entitlement that people want to be told. */
export interface EntitlementNotice {
  kind: 'activated' | 'failed' | 'revoked' | 'expired' | 'relinquished';
  entitlement: Entitlement;
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
}: EntitlementChange): EntitlementNotice | undefined {
  if (before.state === after.state) return undefined;
  const entitlement = toEntitlement(after);
  switch (after.state) {
    case 'active':
      return { kind: 'activated', entitlement };
    case 'failed':
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
