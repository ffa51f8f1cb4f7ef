import type { NameTrust, TrustedName } from '../names';
import type { ClaimStore } from './ClaimStore';

/**
 * Names of domains that open claims ask places for, and of who asks. Claims are
 * not for everybody to read, so only their number is told.
 */
export function claimTrust(store: Pick<ClaimStore, 'open'>): NameTrust {
  return async refs => {
    const open = await store.open();
    const rolesOf = {
      'domain of claims': open.map(({ domainRef }) => domainRef),
      'requester of claims': open.map(({ requesterRef }) => requesterRef),
    };
    return Object.entries(rolesOf).flatMap(([words, named]) =>
      [...new Set(named)]
        .filter(ref => !refs || refs.includes(ref))
        .map(
          (ref): TrustedName => ({
            ref,
            trust: {
              kind: 'claim',
              words,
              readableBy: 'nobody',
              count: named.filter(other => other === ref).length,
            },
          }),
        ),
    );
  };
}
