import { Account, EmulatorState, Session } from '../model/state/EmulatorState';
import { EmulatorBehaviour, initialBehaviour } from '../model/api/Behaviour';
import { TokenBucket } from '../model/api/limits';
import { Organization } from '../model/shares/Organization';
import {
  ResourceShare,
  ShareAssociation,
  ShareInvitation,
} from '../model/shares/ResourceShare';
import { ShareBook } from '../model/shares/ShareBook';
import { behaviourSchema } from '../input/behaviourSchema';
import { checked } from '../input/checked';
import { atLeast } from '../input/fields';
import { savedAccounts } from './savedAccountsSchema';
import { savedShares } from './savedSharesSchema';
import { SavedCatalog, loadCatalog, saveCatalog } from './savedCatalog';

/**
 * The whole state of an emulator as plain data, to be saved and put back.
 *
 * @public
 */
export interface EmulatorSnapshot {
  /** The format of the snapshot. */
  version: 1;
  /** The last number given to a grant. */
  sequence: number;
  /** Quotas, delays and the enforcement of IAM policies. */
  behaviour: EmulatorBehaviour;
  /** What is left of the quotas. */
  buckets: unknown[];
  /** Milliseconds since the epoch: when what the seed names came to be. */
  startedAt: number;
  /** The accounts with their catalogs. */
  accounts: unknown[];
  /** The organizations of the seed. */
  organizations: unknown[];
  /** The shares of the Resource Access Manager. */
  shares: unknown[];
  /** The invitations to them. */
  invitations: unknown[];
  /** The access keys of the seed. */
  keys: unknown[];
  /** What AssumeRole gave out. */
  sessions: unknown[];
}

const SUBJECT = 'The snapshot';

const savedSchema = atLeast({ accounts: savedAccounts, ...savedShares });

interface SavedShare extends Omit<ResourceShare, 'principals' | 'resources'> {
  principals: ShareAssociation[];
  resources: ShareAssociation[];
}

interface SavedAccount extends Omit<Account, 'catalogs'> {
  catalogs: SavedCatalog[];
}

const saveShare = (share: ResourceShare): SavedShare => ({
  ...share,
  principals: [...share.principals.values()],
  resources: [...share.resources.values()],
});

const byEntity = (associations: readonly ShareAssociation[]) =>
  new Map(associations.map(one => [one.entity, one]));

const loadShare = (saved: SavedShare): ResourceShare => ({
  ...saved,
  principals: byEntity(saved.principals),
  resources: byEntity(saved.resources),
});

/** Copies the state; later changes do not reach the copy. */
export function saveState(state: EmulatorState): EmulatorSnapshot {
  return structuredClone({
    version: 1 as const,
    sequence: state.sequence,
    behaviour: state.behaviour,
    buckets: [...state.buckets],
    startedAt: state.startedAt,
    accounts: [...state.accounts.values()].map(account => ({
      ...account,
      catalogs: [...account.catalogs.values()].map(saveCatalog),
    })),
    organizations: state.organizations,
    shares: [...state.shares.all()].map(saveShare),
    invitations: [...state.shares.invitations()],
    keys: [...state.keys.values()],
    sessions: [...state.sessions.values()],
  });
}

/**
 * The state that a snapshot holds.
 *
 * @throws TypeError where it is not a snapshot of this version
 */
export function loadState(snapshot: EmulatorSnapshot): EmulatorState {
  const copy: EmulatorSnapshot = structuredClone(snapshot ?? {});
  checked(savedSchema, copy, SUBJECT);
  return stateOf(copy);
}

/** A copy of the state. Keys are not copied: those of one are those of the other. */
export const copyState = (state: EmulatorState): EmulatorState =>
  Object.assign(stateOf(saveState(state)), { sessions: state.sessions });

function stateOf(snapshot: EmulatorSnapshot): EmulatorState {
  const {
    version,
    sequence,
    behaviour,
    buckets,
    startedAt,
    accounts,
    organizations,
    shares,
    invitations,
    keys,
    sessions,
  } = snapshot;
  const isWhole = [accounts, keys, sessions].every(Array.isArray);
  if (version !== 1 || typeof sequence !== 'number' || !isWhole) {
    throw new TypeError(
      `Not a snapshot of the emulator: expected version 1 with accounts, keys and sessions, found version ${version}`,
    );
  }
  const state: EmulatorState = {
    sequence,
    behaviour: {
      ...initialBehaviour(),
      ...checked(behaviourSchema, behaviour ?? {}, SUBJECT, 'behaviour'),
    },
    buckets: new Map((buckets ?? []) as [string, TokenBucket][]),
    startedAt: startedAt ?? 0,
    accounts: new Map(),
    organizations: (organizations ?? []) as Organization[],
    shares: new ShareBook(
      ((shares ?? []) as SavedShare[]).map(loadShare),
      (invitations ?? []) as ShareInvitation[],
    ),
    keys: new Map(
      (keys as { accessKeyId: string; principal: string }[]).map(key => [
        key.accessKeyId,
        key,
      ]),
    ),
    sessions: new Map(
      (sessions as Session[]).map(session => [session.accessKeyId, session]),
    ),
  };
  for (const account of accounts as SavedAccount[]) {
    state.accounts.set(account.id, {
      ...account,
      catalogs: new Map(
        account.catalogs.map(saved => [
          saved.region,
          loadCatalog(saved, state),
        ]),
      ),
    });
  }
  return state;
}
