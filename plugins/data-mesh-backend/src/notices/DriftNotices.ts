import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import { productInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { HeldRepair, DriftNews } from '../events';
import type { ScanOutcome } from '../events';
import { sendOrWarn } from './sendOrWarn';
import { problemScope } from './EntitlementNotices';
import { links } from './links';
import type { Notices } from './Notices';

interface Message {
  /** Who asked for the access that it is about. */
  to?: string[];
  /** Who answers for it: the owner of the product, or governance. */
  inCharge: readonly string[];
  title: string;
  description?: string;
  link?: string;
  severity: 'high' | 'critical';
}

const grants = (count: number) => (count === 1 ? 'grant' : 'grants');

/** Who is told what about new drift. Pure. */
export function driftMessage(
  news: DriftNews,
  governanceRefs: readonly string[],
): Message {
  const product =
    news.productRef && news.productTitle
      ? productInWords({
          productRef: news.productRef,
          productTitle: news.productTitle,
        })
      : 'no product';
  const { requesterRef, ownerRef, entitlementId } = news;
  const whom = {
    ...(requesterRef && { to: [requesterRef] }),
    inCharge: ownerRef ? [ownerRef] : governanceRefs,
    ...(entitlementId && { link: links.access(entitlementId) }),
  };
  switch (news.kind) {
    case 'missing':
      return {
        ...whom,
        title: `Access to ${product} is approved, but not all of it is there`,
        description: [news.principalWords, news.words]
          .filter(Boolean)
          .join(': '),
        severity: 'high',
      };
    case 'identity':
      return {
        ...whom,
        title: `Access to ${product} was given for something that was created anew`,
        description: news.words,
        severity: 'high',
      };
    case 'residue':
      return {
        ...whom,
        title: `Access to ${product} has ended, but something of it is left`,
        description: news.words,
        severity: 'high',
      };
    default:
      return {
        ...whom,
        title: `${news.count} ${grants(
          news.count,
        )} on ${product} that nobody approved`,
        description: news.words,
        severity: 'high',
      };
  }
}

/** Tells others how scans ended and what drift they found. */
export class DriftNotices {
  readonly #signals: SignalsService;
  readonly #notices: Notices;
  readonly #events: EventsService;
  readonly #logger: LoggerService;

  constructor(options: {
    signals: SignalsService;
    notices: Notices;
    events: EventsService;
    logger: LoggerService;
  }) {
    this.#signals = options.signals;
    this.#notices = options.notices;
    this.#events = options.events;
    this.#logger = options.logger;
  }

  scanEnded(
    { claim, state, changes, error }: ScanOutcome,
    governanceRefs: readonly string[],
  ): void {
    const { target, scanId } = claim;
    sendOrWarn(this.#logger, 'signal about a scan', () =>
      this.#signals.publish({
        recipients: { type: 'broadcast' },
        channel: 'data-mesh',
        message: { type: 'scan', id: scanId },
      }),
    );
    sendOrWarn(this.#logger, 'event about a scan', () =>
      this.#events.publish({
        topic: 'data-mesh.scan',
        eventPayload: {
          happening: state,
          scanId,
          targetId: target.id,
          ...changes,
          ...(error !== undefined && { error }),
        },
      }),
    );
    if (state !== 'halted') return;
    this.#send(
      {
        inCharge: governanceRefs,
        title: `The scan of ${target.title} would change too much and waits for you`,
        description: error,
        severity: 'high',
      },
      `scan:${target.id}`,
    );
  }

  drift(news: readonly DriftNews[], governanceRefs: readonly string[]): void {
    for (const one of news) {
      sendOrWarn(this.#logger, 'event about drift', () =>
        this.#events.publish({
          topic: 'data-mesh.drift',
          eventPayload: {
            happening: 'found',
            kind: one.kind,
            count: one.count,
            productRef: one.productRef,
            entitlementId: one.entitlementId,
          },
        }),
      );
      this.#send(
        driftMessage(one, governanceRefs),
        one.entitlementId
          ? problemScope(one.entitlementId)
          : `drift:${one.kind}:${one.productRef ?? 'none'}`,
      );
    }
  }

  held(
    repairs: readonly HeldRepair[],
    governanceRefs: readonly string[],
  ): void {
    for (const { kind, count, of, targetId } of repairs) {
      this.#send(
        {
          inCharge: governanceRefs,
          title: `${count} of ${of} differ in ${targetId}: too much to repair without you`,
          description: `Drift of the kind ${kind} is repaired by itself, but not so much at once`,
          severity: 'high',
        },
        `drift-held:${kind}:${targetId}`,
      );
    }
  }

  #send(
    { title, description, link, severity, ...whom }: Message,
    scope: string,
  ): void {
    sendOrWarn(this.#logger, 'notification about a scan or its drift', () =>
      this.#notices.ask({
        ...whom,
        payload: {
          title,
          description,
          link: link ?? links.drift,
          topic: 'data-mesh-drift',
          scope: scope.slice(0, 255),
          severity,
        },
      }),
    );
  }
}
