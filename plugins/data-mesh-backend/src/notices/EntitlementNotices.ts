import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import { productInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementNotice, RequestNotice } from '../events';
import {
  readinessOf,
  toEntitlement,
} from '../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../store/tables';
import { entitlementMessage } from './entitlementMessage';
import { links } from './links';
import type { Notice, Notices } from './Notices';
import { readSay, type SayDeps } from './say';
import { sendOrWarn } from './sendOrWarn';
import { submissionScope } from './SubmissionNotices';

const TOPIC = 'data-mesh-entitlements';

/** Scope of what ends or changes an access, and of what reminds of its end. */
export const accessScope = (id: string) => `entitlement:${id}`;

/** Scope of what is wrong with an access, until it is not. */
export const problemScope = (id: string) => `problem:${id}`;

/** What stays until it is mended. */
const PROBLEMS = new Set<EntitlementNotice['kind']>([
  'failed',
  'change-failed',
  'not-ready',
]);

/** What says that nothing is wrong any more, or that it does not matter. */
const MENDS = new Set<EntitlementNotice['kind']>([
  'activated',
  'restored',
  'amended',
  'narrowed',
  'expired',
  'revoked',
  'relinquished',
  'closed-with-residue',
]);

/** What telling of entitlements takes. */
type EntitlementNoticesDeps = SayDeps & {
  signals: SignalsService;
  events: EventsService;
  logger: LoggerService;
  notices: Notices;
  requests: {
    summaries(ids: readonly string[]): Promise<Array<{ groupId: string }>>;
  };
  entitlements: {
    getMany(ids: readonly string[]): Promise<EntitlementRow[]>;
  };
};

/** Tells others what became of entitlements. */
export class EntitlementNotices {
  readonly #deps: EntitlementNoticesDeps;

  constructor(deps: EntitlementNoticesDeps) {
    this.#deps = deps;
  }

  async onChange(id: string): Promise<void> {
    await this.#deps.signals.publish({
      recipients: { type: 'broadcast' },
      channel: 'data-mesh',
      message: { type: 'entitlement', id },
    });
    await this.#settleWhatIsMended(id);
  }

  notify(notice: EntitlementNotice): void {
    const { kind, entitlement } = notice;
    const { events, logger } = this.#deps;
    sendOrWarn(logger, 'event about an entitlement', () =>
      events.publish({
        topic: 'data-mesh.entitlement',
        eventPayload: {
          happening: kind,
          entitlementId: entitlement.id,
          requestId: entitlement.requestId,
          state: entitlement.state,
          productRef: entitlement.productRef,
          port: entitlement.port,
          principal: entitlement.principal.id,
        },
      }),
    );
    sendOrWarn(logger, 'notification about an entitlement', () =>
      this.#tell(notice),
    );
  }

  async #tell(notice: EntitlementNotice): Promise<void> {
    const { kind, entitlement, actorRef } = notice;
    const { notices } = this.#deps;
    const say = await readSay(this.#deps, actorRef ? [actorRef] : []);
    const { to, inCharge, ...message } = entitlementMessage(notice, say);
    const told: Notice = {
      to,
      inCharge,
      actorRef,
      payload: {
        ...message,
        topic: TOPIC,
        scope: await this.#scopeOf(notice),
      },
    };
    if (PROBLEMS.has(kind)) {
      await notices.ask(told);
      return;
    }
    await notices.tell(told);
    if (!MENDS.has(kind)) return;
    const settled = { ...message, topic: TOPIC };
    await notices.settle({ ...settled, scope: problemScope(entitlement.id) });
    // What has just begun has no end that anybody was reminded of: told late, it
    // must not settle what came after it.
    if (kind === 'activated') return;
    await notices.settle({ ...settled, scope: accessScope(entitlement.id) });
  }

  async #scopeOf({ kind, entitlement }: EntitlementNotice): Promise<string> {
    const { id, requestId } = entitlement;
    if (PROBLEMS.has(kind)) return problemScope(id);
    if (kind !== 'activated') return accessScope(id);
    // What was asked for is there: the end of the same story.
    const [request] = await this.#deps.requests.summaries([requestId]);
    return request ? submissionScope(request.groupId) : accessScope(id);
  }

  /** Drift is mended by a scan, or by whoever re-applies. */
  async #settleWhatIsMended(id: string): Promise<void> {
    const { notices, entitlements } = this.#deps;
    const scope = problemScope(id);
    if ((await notices.asked(scope)).length === 0) return;
    const [row] = await entitlements.getMany([id]);
    if (!row || !isWell(row)) return;
    await notices.settle({
      title: `Access to ${productInWords(
        toEntitlement(row),
      )} is as it was approved`,
      link: links.access(id),
      topic: TOPIC,
      scope,
    });
  }

  /** Whoever was reminded that an access ends need not act any more. */
  async renewalAsked({ record, actorRef }: RequestNotice): Promise<void> {
    const id = record.amendsEntitlementId;
    if (id === undefined) return;
    const say = await readSay(this.#deps, [actorRef]);
    await this.#deps.notices.settle({
      title: `${say.name(actorRef)} asked to renew access to ${productInWords(
        record,
      )}`,
      link: links.request(record.id),
      topic: TOPIC,
      scope: accessScope(id),
    });
  }
}

/** Nothing failed, nothing is missing, and queries work as far as is known. */
function isWell(row: EntitlementRow): boolean {
  return (
    row.state === 'active' &&
    row.health === 'ok' &&
    row.change_state !== 'failed' &&
    readinessOf(row)?.ready !== 'no'
  );
}
