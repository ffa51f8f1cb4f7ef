import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  isolatedText,
  placeInWords,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Notice, Notices } from '../notices/Notices';
import { readSay, type SayDeps } from '../notices/say';
import { sendOrWarn } from '../notices/sendOrWarn';
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

const TOPIC = 'data-mesh-places';

const outcomes: {
  [H in ClaimHappening]?: {
    words: string;
    severity: 'low' | 'normal' | 'high';
  };
} = {
  accepted: { words: 'was accepted', severity: 'normal' },
  rejected: { words: 'was rejected', severity: 'low' },
  'changes-requested': { words: 'needs changes', severity: 'high' },
  withdrawn: { words: 'was withdrawn', severity: 'low' },
};

/** Tells people what happened to claims and places, after it was committed. */
export class ClaimNotices {
  readonly #deps: SayDeps & {
    signals: SignalsService;
    notices: Notices;
    logger: LoggerService;
  };

  constructor(
    deps: SayDeps & {
      signals: SignalsService;
      notices: Notices;
      logger: LoggerService;
    },
  ) {
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
    this.#signal('claim', notice.claim.id);
    sendOrWarn(this.#deps.logger, 'notification about a place', () =>
      this.#tell(notice),
    );
  }

  async #tell(notice: Parameters<ClaimNotices['tell']>[0]): Promise<void> {
    const { claim, happening, actorRef, deciders, ownerRef, comment } = notice;
    const { notices } = this.#deps;
    const say = await readSay(this.#deps, [
      claim.domainRef,
      claim.requesterRef,
      actorRef,
    ]);
    const words = placeInWords(claim.place).replace(/`/g, '');
    const domain = say.name(claim.domainRef);
    const outcome = outcomes[happening];
    const common = {
      link: `/data-mesh/requests/claims/${claim.id}`,
      topic: TOPIC,
      scope: `claim:${claim.id}`,
    };
    if (!outcome) {
      await notices.ask({
        inCharge: deciders,
        mayNotDecide: [claim.requesterRef, ...(ownerRef ? [ownerRef] : [])],
        actorRef,
        payload: {
          ...common,
          title: `${say.name(
            claim.requesterRef,
          )} claims ${words} for ${domain}`,
          description: isolatedText(claim.reason),
          severity: 'normal',
        },
      });
      return;
    }
    const payload = {
      ...common,
      title: `The claim of ${domain} to ${words} ${outcome.words}`,
      ...(comment && {
        description: `${say.name(actorRef)}: ${isolatedText(comment)}`,
      }),
      severity: outcome.severity,
    };
    await notices.settle(payload);
    if (happening === 'withdrawn') return;
    const told: Notice = {
      to: [claim.requesterRef],
      ...(ownerRef && { inCharge: [ownerRef] }),
      actorRef,
      payload,
    };
    if (happening === 'changes-requested') await notices.ask(told);
    else await notices.tell(told);
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
    sendOrWarn(this.#deps.logger, 'notification about a place', async () => {
      const say = await readSay(this.#deps, [actorRef]);
      await this.#deps.notices.tell({
        inCharge: ownerRefs,
        actorRef,
        payload: {
          title: words.replace(/`/g, ''),
          description: `${say.name(actorRef)}: ${isolatedText(reason)}`,
          topic: TOPIC,
          scope: `place:${holding.id}`,
          severity: 'normal',
        },
      });
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
}
