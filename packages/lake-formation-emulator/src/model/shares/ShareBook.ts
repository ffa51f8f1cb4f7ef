import { ResourceShare, ShareInvitation } from './ResourceShare';

/** Shares that further grants may join are the same in all of these. */
type ShareKey = Pick<
  ResourceShare,
  'owner' | 'region' | 'recipient' | 'version'
>;

const keyOf = ({ owner, region, recipient, version }: ShareKey) =>
  JSON.stringify([owner, region, recipient, version]);

/** Every share and invitation of the Resource Access Manager. */
export class ShareBook {
  readonly #shares = new Map<string, ResourceShare>();
  readonly #invitations = new Map<string, ShareInvitation>();
  readonly #latest = new Map<string, ResourceShare>();
  readonly #invitationsOf = new Map<string, ShareInvitation[]>();

  constructor(
    shares: Iterable<ResourceShare> = [],
    invitations: Iterable<ShareInvitation> = [],
  ) {
    for (const share of shares) this.add(share);
    for (const invitation of invitations) this.invite(invitation);
  }

  add(share: ResourceShare): void {
    this.#shares.set(share.arn, share);
    this.#latest.set(keyOf(share), share);
  }

  get(arn: string): ResourceShare | undefined {
    return this.#shares.get(arn);
  }

  /** The active share of the same owner, region, recipient and version. */
  joinable(key: ShareKey): ResourceShare | undefined {
    const share = this.#latest.get(keyOf(key));
    return share?.status === 'ACTIVE' ? share : undefined;
  }

  all(): Iterable<ResourceShare> {
    return this.#shares.values();
  }

  invite(invitation: ShareInvitation): void {
    this.#invitations.set(invitation.arn, invitation);
    const known = this.#invitationsOf.get(invitation.shareArn) ?? [];
    this.#invitationsOf.set(invitation.shareArn, [...known, invitation]);
  }

  invitation(arn: string): ShareInvitation | undefined {
    return this.#invitations.get(arn);
  }

  /** The invitations for a share, oldest first. */
  invitationsFor(shareArn: string): readonly ShareInvitation[] {
    return this.#invitationsOf.get(shareArn) ?? [];
  }

  invitations(): Iterable<ShareInvitation> {
    return this.#invitations.values();
  }
}
