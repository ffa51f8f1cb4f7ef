import type { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import { placeInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import { sendOrWarn } from '../notices/sendOrWarn';
import type { People } from '../people';
import type { Holding } from '../places';
import type { ClaimRecord } from './ClaimStore';

/** What happened to a claim. */
export type ClaimHappening =
  | 'created'
  | 'revised'
  | 'accepted'
  | 'rejected'
  | 'changes-requested'
  | 'withdrawn';

const nameOf = (ref: string) => parseEntityRef(ref).name;

const outcomes: { [H in ClaimHappening]?: string } = {
  accepted: 'was accepted',
  rejected: 'was rejected',
  'changes-requested': 'needs changes',
};

/** Tells people what happened to claims and places, after it was committed. */
export class ClaimNotices {
  readonly #deps: {
    signals: SignalsService;
    notifications: NotificationService;
    logger: LoggerService;
    people: People;
  };

  constructor(deps: {
    signals: SignalsService;
    notifications: NotificationService;
    logger: LoggerService;
    people: People;
  }) {
    this.#deps = deps;
  }

  /**
   * @param deciders - users who may decide it
   * @param ownerRef - owner of the domain that claims
   */
  tell(notice: {
    claim: ClaimRecord;
    happening: ClaimHappening;
    actorRef: string;
    deciders: readonly string[];
    ownerRef?: string;
    comment?: string;
  }): void {
    const { claim, happening, actorRef, deciders, ownerRef, comment } = notice;
    this.#signal('claim', claim.id);
    const words = placeInWords(claim.place).replace(/`/g, '');
    const domain = nameOf(claim.domainRef);
    const outcome = outcomes[happening];
    if (outcome) {
      this.#send({
        to: async () => [
          claim.requesterRef,
          ...(ownerRef ? await this.#membersOf([ownerRef]) : []),
        ],
        actorRef,
        id: claim.id,
        title: `The claim of ${domain} to ${words} ${outcome}`,
        description: comment && `${nameOf(actorRef)}: ${comment}`,
      });
    } else if (happening !== 'withdrawn') {
      this.#send({
        to: async () => [...deciders],
        actorRef,
        id: claim.id,
        title: `${nameOf(claim.requesterRef)} claims ${words} for ${domain}`,
        description: claim.reason,
      });
    }
  }

  /** Tells the owners of the domains that a place changed hands. */
  tellOfPlace(notice: {
    holding: Holding;
    actorRef: string;
    ownerRefs: readonly string[];
    words: string;
    reason: string;
  }): void {
    const { holding, actorRef, ownerRefs, words, reason } = notice;
    this.#signal('place', holding.id);
    this.#send({
      to: () => this.#membersOf(ownerRefs),
      actorRef,
      title: words.replace(/`/g, ''),
      description: `${nameOf(actorRef)}: ${reason}`,
    });
  }

  async #membersOf(refs: readonly string[]): Promise<string[]> {
    const members = await this.#deps.people.membersOf(refs);
    return [...members.values()].flat();
  }

  #signal(type: 'claim' | 'place', id: string): void {
    const { signals, logger } = this.#deps;
    sendOrWarn(logger, `signal about a ${type}`, () =>
      signals.publish({
        recipients: { type: 'broadcast' },
        channel: 'data-mesh',
        // No data: who gets it may not be allowed to read the claim.
        message: { type, id },
      }),
    );
  }

  #send(message: {
    to: () => Promise<string[]>;
    actorRef: string;
    id?: string;
    title: string;
    description?: string;
  }): void {
    const { notifications, logger } = this.#deps;
    const { id } = message;
    sendOrWarn(logger, 'notification about a place', async () => {
      const to = [...new Set(await message.to())].filter(
        ref => ref !== message.actorRef,
      );
      if (to.length === 0) return;
      await notifications.send({
        recipients: { type: 'entity', entityRef: to },
        payload: {
          title: message.title,
          ...(message.description && { description: message.description }),
          ...(id && {
            link: `/data-mesh/claims/${id}`,
            scope: `claim:${id}`,
          }),
          topic: 'data-mesh-places',
          severity: 'normal',
        },
      });
    });
  }
}
