import { isError } from '@backstage/errors';
import type {
  PlanStep,
  RevocationEffect,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  StepObservation,
  UndoPlan,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { JsonObject } from '@backstage/types';
import { AwsClients } from '../../aws/AwsClients';
import { ShareNotReadyError } from '../../aws/ShareNotReadyError';
import { ResourceAccess } from '../../lake/grant';
import { holdingsOf } from '../../lake/held';
import { resourceKey } from '../../lake/keys';
import { revokeEntries, wantEntry } from '../../lake/wire';
import { GrantReader } from '../grants/GrantReader';
import { KnownShares } from '../KnownShares';
import { PermissionWriter } from '../grants/PermissionWriter';
import { ShareInvitations, ShareState } from './ShareInvitations';
import { planMaking } from '../brought';
import { StepKind } from '../StepKind';
import { AcceptanceCall, readAcceptance } from './describeAcceptance';

/** Credentials that are missing, or may not do what is asked. */
const isRefused = (error: unknown) =>
  isError(error) &&
  /^(CredentialsError|AccessDenied|OperationNotPermitted|UnrecognizedClient|InvalidClientTokenId)/.test(
    error.name,
  );

const isReady = ({ state }: ShareState) =>
  state === 'invited' || state === 'there';

const notReady = ({ owner, accountId }: AcceptanceCall) =>
  new ShareNotReadyError(
    `The resource share from account ${owner} has not arrived in ${accountId}`,
    `If it does not arrive in some minutes, look whether a resource policy of the Glue catalog of ${owner} lacks glue:ShareResource for ram.amazonaws.com: Lake Formation grants all the same, and RAM does not share`,
  );

/** What has become of the shares that the grants are in. */
interface Shares {
  states: ShareState[];
  /** Grants that are not there: a recovery was cut off between its halves. */
  lost: ResourceAccess[];
}

/**
 * Accepts, in the account that something is shared with, the invitation that
 * comes with it. One that was rejected or is too old is cured as AWS has it: by
 * revoking and granting again, which invites anew.
 */
export class AcceptShareStep implements StepKind {
  readonly #clients: AwsClients;
  readonly #writer: PermissionWriter;
  readonly #grants: GrantReader;
  readonly #shares: KnownShares;

  constructor(options: {
    clients: AwsClients;
    writer: PermissionWriter;
    grants: GrantReader;
    shares: KnownShares;
  }) {
    this.#clients = options.clients;
    this.#writer = options.writer;
    this.#grants = options.grants;
    this.#shares = options.shares;
  }

  async observe(
    step: PlanStep,
    signal?: AbortSignal,
  ): Promise<StepObservation> {
    const call = readAcceptance(step);
    try {
      const { states, lost } = await this.#look(call, signal);
      const there = states.filter(({ state }) => state === 'there');
      return {
        state:
          (states.length > 0 &&
            lost.length === 0 &&
            there.length === states.length &&
            'present') ||
          (there.length > 0 ? 'partial' : 'absent'),
        // Applying need not look again at what is to be accepted.
        held:
          states.every(isReady) && lost.length === 0
            ? { states: states.map(one => ({ ...one })) }
            : {},
      };
    } catch (error) {
      // Ending an access must not wait for an account that cannot be looked
      // into: nothing is to be taken away there. Applying says what is wrong.
      if (!isRefused(error)) throw error;
      return { state: 'absent', held: {} };
    }
  }

  baseline(): JsonObject {
    return {};
  }

  async apply(
    step: PlanStep,
    { held }: StepObservation,
    signal?: AbortSignal,
  ): Promise<void> {
    const call = readAcceptance(step);
    const { states: seen = [] } = held as { states?: ShareState[] };
    const first = await this.#acceptAll(
      call,
      seen.length > 0
        ? { states: seen, lost: [] }
        : await this.#look(call, signal),
      signal,
    );
    if (first.done) return;
    if (first.toGrantAgain.length === 0) throw notReady(call);
    await this.#grantAgain(call, first.toGrantAgain, signal);
    const second = await this.#acceptAll(
      call,
      await this.#look(call, signal),
      signal,
    );
    if (!second.done) throw notReady(call);
  }

  planApply(step: PlanStep, observation: StepObservation): RevocationEffect[] {
    return planMaking(step, observation);
  }

  /** With the grants the share goes by itself. */
  planUndo(): UndoPlan {
    return { removes: [], keeps: [] };
  }

  async undo(): Promise<void> {}

  async #acceptAll(
    call: AcceptanceCall,
    { states, lost }: Shares,
    signal?: AbortSignal,
  ): Promise<{ done: boolean; toGrantAgain: ResourceAccess[] }> {
    const invitations = await this.#invitations(call);
    const after: ShareState[] = [];
    for (const one of states) {
      after.push(
        one.state === 'invited' ? await invitations.accept(one, signal) : one,
      );
    }
    const dead = new Set(
      after.filter(({ state }) => state === 'dead').map(({ share }) => share),
    );
    const inDeadShares = call.wants.filter(({ resource }) =>
      this.#shares
        .find(call.region, call, [resource])
        ?.some(share => dead.has(share)),
    );
    return {
      done:
        after.length > 0 &&
        lost.length === 0 &&
        after.every(({ state }) => state === 'there'),
      toGrantAgain: [...inDeadShares, ...lost],
    };
  }

  async #look(call: AcceptanceCall, signal?: AbortSignal): Promise<Shares> {
    const resources = call.wants.map(({ resource }) => resource);
    const known = this.#shares.find(call.region, call, resources);
    const { shares, lost } = known
      ? { shares: known, lost: [] }
      : await this.#list(call, signal);
    const invitations = await this.#invitations(call);
    return { states: await invitations.look(shares, signal), lost };
  }

  /** The owner's listing says in which shares the grants are. */
  async #list(
    call: AcceptanceCall,
    signal?: AbortSignal,
  ): Promise<{ shares: string[]; lost: ResourceAccess[] }> {
    const { region, owner, wants } = call;
    const resources = wants.map(({ resource }) => resource);
    const listed = await this.#grants.read(
      { accountId: owner, catalogAccountId: owner, region, resources },
      signal,
    );
    this.#shares.note(region, call, resources, listed);
    const held = holdingsOf(call, listed);
    const shares = resources.flatMap(
      resource => this.#shares.find(region, call, [resource]) ?? [],
    );
    return {
      shares: [...new Set(shares)],
      lost: wants.filter(({ resource }) => !held.has(resourceKey(resource))),
    };
  }

  async #grantAgain(
    call: AcceptanceCall,
    wants: ResourceAccess[],
    signal?: AbortSignal,
  ): Promise<void> {
    const { owner, region } = call;
    const write = {
      accountId: owner,
      region,
      catalogAccountId: owner,
      signal,
    };
    const entries = wants.map(want => revokeEntries(call, want));
    for (const part of [
      entries.flatMap(({ first }) => first),
      entries.flatMap(({ then }) => then),
    ]) {
      await this.#writer.revoke({ ...write, entries: part });
    }
    await this.#writer.grant({
      ...write,
      entries: wants.map(want => wantEntry(call, want)),
    });
    this.#shares.note(
      region,
      call,
      wants.map(({ resource }) => resource),
      [],
    );
  }

  async #invitations({
    accountId,
    region,
    owner,
  }: AcceptanceCall): Promise<ShareInvitations> {
    const { ram } = await this.#clients.get(accountId, region);
    return new ShareInvitations(ram, { owner, receiver: accountId });
  }
}
