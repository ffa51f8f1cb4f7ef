import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  isolatedText,
  productInWords,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { sendOrWarn } from './sendOrWarn';
import type { NoticePayload, Notices } from './Notices';
import type { PublicationNotice } from '../events';

const MOST_WORDS = 5;

/** States in which somebody is asked to decide. */
const WAITING = new Set(['pending', 'change-pending']);

/** Whether it asks for a decision. */
const asks = (happening: PublicationNotice['happening']) =>
  happening === 'waits' || happening === 'change-waits';

function titleOf({ row, happening }: PublicationNotice): string {
  const product = productInWords({
    productRef: row.product_ref,
    productTitle: row.product_title,
  });
  const what = `${product}, ${isolatedText(row.port_title)}`;
  switch (happening) {
    case 'waits':
      return `${what} waits to be published`;
    case 'change-waits':
      return `A change of ${what} loosens access and waits for you`;
    case 'suspended':
      return `${what} cannot be asked for any more`;
    case 'sent-back':
      return `Changes of ${what} were sent back`;
    default:
      return `${what} was accepted`;
  }
}

function descriptionOf({ words, comment }: PublicationNotice): string {
  // A notification is plain text, where backticks would stand as such.
  const shown = words
    .slice(0, MOST_WORDS)
    .map(text => text.replaceAll('`', ''));
  return [
    ...(comment ? [isolatedText(comment)] : []),
    ...shown,
    ...(words.length > shown.length
      ? [`${words.length - shown.length} more`]
      : []),
  ].join('. ');
}

/** Tells deciders and owners about publications, after it was committed. */
export class PublicationNotices {
  readonly #services: {
    signals: SignalsService;
    notices: Notices;
    events: EventsService;
    logger: LoggerService;
  };

  constructor(services: {
    signals: SignalsService;
    notices: Notices;
    events: EventsService;
    logger: LoggerService;
  }) {
    this.#services = services;
  }

  tell(notice: PublicationNotice): void {
    const { signals, notices, events, logger } = this.#services;
    const { row, happening, actorRef, to } = notice;
    sendOrWarn(logger, 'signal about a publication', () =>
      signals.publish({
        recipients: { type: 'broadcast' },
        channel: 'data-mesh',
        // No data: who gets it may not be allowed to see the product.
        message: { type: 'publication', id: row.id },
      }),
    );
    sendOrWarn(logger, 'event about a publication', () =>
      events.publish({
        topic: 'data-mesh.publication',
        eventPayload: {
          happening,
          actorRef,
          publicationId: row.id,
          productRef: row.product_ref,
          port: row.port,
          state: row.state,
          version: row.version,
        },
      }),
    );
    const payload: NoticePayload = {
      title: titleOf(notice),
      description: descriptionOf(notice),
      link: `/data-mesh/requests/publications/${row.id}`,
      topic: 'data-mesh-publications',
      scope: `publication:${row.id}`,
      severity: happening === 'suspended' ? 'high' : 'normal',
    };
    sendOrWarn(logger, 'notification about a publication', async () => {
      if (to && asks(happening)) {
        await notices.ask({
          inCharge: to,
          // Nobody decides about what is their own team's.
          mayNotDecide: [row.owner_ref, row.accepted_owner_ref].flatMap(
            ref => ref ?? [],
          ),
          actorRef,
          payload,
        });
        return;
      }
      if (!WAITING.has(row.state)) await notices.settle(payload);
      if (to) await notices.tell({ inCharge: to, actorRef, payload });
    });
  }
}
