import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  isOpenRequest,
  principalInWords,
  productInWords,
  scopeInWords,
  type Entitlement,
  type EntitlementRequest,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import type { ReminderConfig } from '../config/readReminders';
import {
  claimEndReminder,
  endingWithin,
  type Ending,
} from '../store/entitlements/endReminders';
import { claimWaitReminders } from '../store/requests/waitReminders';
import { accessScope } from './EntitlementNotices';
import { dayInWords } from './dayInWords';
import { links } from './links';
import type { Notices } from './Notices';
import type { SubmissionNotices } from './SubmissionNotices';

const DAY_MS = 864e5;

/** Access for a day is not said to end a week before it began. */
const LAST_PART = 1 / 4;

/** What reminding takes. */
type ReminderDeps = {
  knex: Knex;
  notices: Notices;
  submissions: Pick<SubmissionNotices, 'remind'>;
  entitlements: {
    find(id: string): Promise<{ entitlement: Entitlement } | undefined>;
  };
  requests: { aboutEntitlement(id: string): Promise<EntitlementRequest[]> };
  config: ReminderConfig;
  clock: () => Date;
  logger: LoggerService;
};

/**
 * Reminds people of what ends, and of who waits for them. Each reminder is
 * taken in the database before it is sent: of several replicas, and after a
 * restart, nobody is reminded twice.
 */
export class Reminders {
  readonly #deps: ReminderDeps;

  constructor(deps: ReminderDeps) {
    this.#deps = deps;
  }

  /** Sends what is due. */
  async pass(signal?: AbortSignal): Promise<void> {
    await this.#remindOfEnds(signal);
    await this.#remindOfWaiting(signal);
  }

  async #remindOfEnds(signal?: AbortSignal): Promise<void> {
    const { knex, clock, config } = this.#deps;
    if (config.beforeEndDays === 0) return;
    const now = clock();
    const span = {
      from: now.toISOString(),
      to: new Date(now.getTime() + config.beforeEndDays * DAY_MS).toISOString(),
    };
    const due: Ending[] = [];
    for await (const ending of endingWithin(knex, span)) {
      if (isLastPart(ending, now)) due.push(ending);
    }
    for (const ending of due) {
      if (signal?.aborted) return;
      if (!(await claimEndReminder(knex, ending))) continue;
      await this.#tryTo(() => this.#remindOfEnd(ending.id));
    }
  }

  async #remindOfEnd(id: string): Promise<void> {
    const { notices, entitlements, requests } = this.#deps;
    const [found, about] = await Promise.all([
      entitlements.find(id),
      requests.aboutEntitlement(id),
    ]);
    const end = found?.entitlement.expiresAt;
    if (!found || !end) return;
    // Whoever has asked for more time knows.
    if (about.some(one => one.kind === 'renew' && isOpenRequest(one))) return;
    const { entitlement } = found;
    const product = productInWords(entitlement);
    const principal = principalInWords(entitlement.principal);
    const on = dayInWords(end);
    const common = {
      description: `${scopeInWords(entitlement.scope)} for ${principal}`,
      topic: 'data-mesh-entitlements',
      scope: accessScope(id),
    };
    await notices.ask({
      to: [entitlement.requesterRef],
      payload: {
        ...common,
        title: `Your access to ${product} ends on ${on}`,
        description: `${common.description}. Renew it if you still need it`,
        link: links.renew(entitlement.productRef, id),
        severity: 'high',
      },
    });
    await notices.tell({
      inCharge: [entitlement.productOwnerRef],
      actorRef: entitlement.requesterRef,
      payload: {
        ...common,
        title: `Access of ${principal} to ${product} ends on ${on}`,
        link: links.access(id),
        severity: 'low',
      },
    });
  }

  async #remindOfWaiting(signal?: AbortSignal): Promise<void> {
    const { knex, clock, config, submissions } = this.#deps;
    if (config.waitingDays === 0) return;
    const now = clock();
    const since = new Date(now.getTime() - config.waitingDays * DAY_MS);
    const taken = await claimWaitReminders(knex, {
      since: since.toISOString(),
      now: now.toISOString(),
    });
    for (const [groupId, ids] of taken) {
      if (signal?.aborted) return;
      await this.#tryTo(() => submissions.remind(groupId, ids));
    }
  }

  /** One that cannot be told does not keep the others. */
  async #tryTo(remind: () => Promise<void>): Promise<void> {
    try {
      await remind();
    } catch (error) {
      this.#deps.logger.warn('A reminder could not be sent', {
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }
}

function isLastPart({ activated_at, expires_at }: Ending, now: Date): boolean {
  const end = Date.parse(expires_at);
  const whole = end - Date.parse(activated_at);
  return end - now.getTime() <= whole * LAST_PART;
}
