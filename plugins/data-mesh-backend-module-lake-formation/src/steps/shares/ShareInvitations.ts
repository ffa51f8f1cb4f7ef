import {
  AcceptResourceShareInvitationCommand,
  GetResourceShareInvitationsCommand,
  GetResourceSharesCommand,
  type RAMClient,
  type ResourceShareInvitation,
} from '@aws-sdk/client-ram';
import { isError } from '@backstage/errors';
import { NotOursError } from '../../aws/NotOursError';

const timeOf = ({ invitationTimestamp }: ResourceShareInvitation) =>
  invitationTimestamp?.getTime() ?? 0;

const STATES: Record<string, ShareState['state'] | undefined> = {
  PENDING: 'invited',
  ACCEPTED: 'there',
  REJECTED: 'dead',
  EXPIRED: 'dead',
};

const AFTER_REFUSAL: Record<string, ShareState['state'] | undefined> = {
  ResourceShareInvitationAlreadyAcceptedException: 'there',
  ResourceShareInvitationAlreadyRejectedException: 'dead',
  ResourceShareInvitationExpiredException: 'dead',
  ResourceShareInvitationArnNotFoundException: 'unknown',
};

/** How far a share has come in the account that it is for. */
export interface ShareState {
  share: string;
  /**
   * `there`: accepted, or none needs to. `invited`: to be accepted. `dead`:
   * rejected or too old. `unknown`: neither seen yet.
   */
  state: 'there' | 'invited' | 'dead' | 'unknown';
  invitation?: string;
}

/** AWS's maximum of a page. */
const PAGE_SIZE = 500;

/** Lake Formation names its shares so, whatever the version. */
const LAKE_FORMATION_SHARE = /^LakeFormation-/;

/** Invitations to an account, seen and accepted as that account. */
export class ShareInvitations {
  readonly #ram: RAMClient;
  readonly #owner: string;
  readonly #receiver: string;

  constructor(
    ram: RAMClient,
    { owner, receiver }: { owner: string; receiver: string },
  ) {
    this.#ram = ram;
    this.#owner = owner;
    this.#receiver = receiver;
  }

  async look(shares: string[], signal?: AbortSignal): Promise<ShareState[]> {
    if (shares.length === 0) return [];
    const newest = new Map<string, ResourceShareInvitation>();
    for (const invitation of await this.#invitations(shares, signal)) {
      const share = invitation.resourceShareArn ?? '';
      const known = newest.get(share);
      if (!known || timeOf(invitation) > timeOf(known)) {
        newest.set(share, invitation);
      }
    }
    const silent = shares.filter(share => !newest.has(share));
    const active = await this.#active(silent, signal);
    return shares.map(share => {
      const invitation = newest.get(share);
      if (!invitation) {
        return { share, state: active.has(share) ? 'there' : 'unknown' };
      }
      this.#check(invitation);
      return {
        share,
        state: STATES[invitation.status ?? ''] ?? 'unknown',
        invitation: invitation.resourceShareInvitationArn,
      };
    });
  }

  /** @returns what the share has come to: there, or dead where it is too late */
  async accept(
    { share, invitation }: ShareState,
    signal?: AbortSignal,
  ): Promise<ShareState> {
    try {
      await this.#ram.send(
        new AcceptResourceShareInvitationCommand({
          resourceShareInvitationArn: invitation,
        }),
        { abortSignal: signal },
      );
      return { share, state: 'there' };
    } catch (error) {
      const state = isError(error) && AFTER_REFUSAL[error.name];
      if (!state) throw error;
      return { share, state };
    }
  }

  async #invitations(shares: string[], signal?: AbortSignal) {
    const all: ResourceShareInvitation[] = [];
    let token: string | undefined;
    do {
      const page = await this.#ram.send(
        new GetResourceShareInvitationsCommand({
          resourceShareArns: shares,
          maxResults: PAGE_SIZE,
          nextToken: token,
        }),
        { abortSignal: signal },
      );
      all.push(...(page.resourceShareInvitations ?? []));
      token = page.nextToken;
    } while (token);
    return all;
  }

  /**
   * Within an organization nobody is invited, and RAM forgets an accepted
   * invitation after a while: then the share itself is to be seen.
   */
  async #active(shares: string[], signal?: AbortSignal): Promise<Set<string>> {
    const active = new Set<string>();
    if (shares.length === 0) return active;
    let token: string | undefined;
    do {
      const page = await this.#ram.send(
        new GetResourceSharesCommand({
          resourceOwner: 'OTHER-ACCOUNTS',
          resourceShareArns: shares,
          maxResults: PAGE_SIZE,
          nextToken: token,
        }),
        { abortSignal: signal },
      );
      for (const { resourceShareArn, status } of page.resourceShares ?? []) {
        if (resourceShareArn && status === 'ACTIVE') {
          active.add(resourceShareArn);
        }
      }
      token = page.nextToken;
    } while (token);
    return active;
  }

  /** Nothing is accepted but what Lake Formation shares with this very account. */
  #check(invitation: ResourceShareInvitation): void {
    const { senderAccountId, receiverAccountId, resourceShareName } =
      invitation;
    if (
      senderAccountId !== this.#owner ||
      (receiverAccountId && receiverAccountId !== this.#receiver) ||
      !LAKE_FORMATION_SHARE.test(resourceShareName ?? '')
    ) {
      throw new NotOursError(
        `The invitation to share '${resourceShareName}' from account ${senderAccountId} to ${receiverAccountId} is not what the grant makes: expected a share of Lake Formation from ${
          this.#owner
        } to ${this.#receiver}`,
        'Look in RAM of both accounts who made this share; it was not accepted',
      );
    }
  }
}
