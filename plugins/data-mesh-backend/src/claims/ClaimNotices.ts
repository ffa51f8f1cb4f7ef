import type { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  isolatedText,
  placeInWords,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { sendOrWarn } from '../notices/sendOrWarn';
import type { PeopleNotice, TellPeople } from '../notices/tellPeople';
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
    tellPeople: TellPeople;
    logger: LoggerService;
  };

  constructor(deps: {
    signals: SignalsService;
    tellPeople: TellPeople;
    logger: LoggerService;
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
        to: [claim.requesterRef],
        ...(ownerRef && { inCharge: [ownerRef] }),
        actorRef,
        id: claim.id,
        title: `The claim of ${domain} to ${words} ${outcome}`,
        description: comment && `${nameOf(actorRef)}: ${isolatedText(comment)}`,
      });
    } else if (happening !== 'withdrawn') {
      this.#send({
        inCharge: deciders,
        mayNotDecide: [claim.requesterRef, ...(ownerRef ? [ownerRef] : [])],
        actorRef,
        id: claim.id,
        title: `${nameOf(claim.requesterRef)} claims ${words} for ${domain}`,
        description: isolatedText(claim.reason),
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
      inCharge: ownerRefs,
      actorRef,
      title: words.replace(/`/g, ''),
      description: `${nameOf(actorRef)}: ${isolatedText(reason)}`,
    });
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

  #send({
    id,
    title,
    description,
    ...whom
  }: Omit<PeopleNotice, 'payload'> & {
    id?: string;
    title: string;
    description?: string;
  }): void {
    const { tellPeople, logger } = this.#deps;
    sendOrWarn(logger, 'notification about a place', () =>
      tellPeople({
        ...whom,
        payload: {
          title,
          ...(description && { description }),
          ...(id && {
            link: `/data-mesh/requests/claims/${id}`,
            scope: `claim:${id}`,
          }),
          topic: 'data-mesh-places',
          severity: 'normal',
        },
      }),
    );
  }
}
