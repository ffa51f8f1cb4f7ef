import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import { productInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import { sendOrWarn } from './sendOrWarn';
import type { Notices } from './Notices';
import type { ReachNews } from '../events';

/** As many as somebody reads. */
const SHOWN = 5;

/** Tells that access reaches more than when it was approved. */
export class ReachNotices {
  readonly #deps: {
    notices: Notices;
    events: EventsService;
    logger: LoggerService;
  };

  constructor(deps: {
    notices: Notices;
    events: EventsService;
    logger: LoggerService;
  }) {
    this.#deps = deps;
  }

  tell(news: ReachNews): void {
    const { entitlementId, requestId, to, words } = news;
    const { notices, events, logger } = this.#deps;
    sendOrWarn(logger, 'event about what is newly reached', () =>
      events.publish({
        topic: 'data-mesh.entitlement',
        eventPayload: {
          happening: 'newly-reached',
          entitlementId,
          count: words.length,
        },
      }),
    );
    const more = words.length - SHOWN;
    sendOrWarn(logger, 'notification about what is newly reached', () =>
      notices.tell({
        inCharge: to,
        payload: {
          title: `Access to ${productInWords(news)} now reaches protected data`,
          description: `${words.slice(0, SHOWN).join('; ')}${
            more > 0 ? `; and ${more} more` : ''
          }${news.suspended ? '. It is suspended until that is decided' : ''}`,
          link: `/data-mesh/requests/${requestId}`,
          topic: 'data-mesh-entitlements',
          scope: `newly-reached:${entitlementId}`,
          severity: 'high',
        },
      }),
    );
  }
}
