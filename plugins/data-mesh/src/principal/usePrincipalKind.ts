import {
  accountInWords,
  type Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useT } from '../useT';

/** An account as people read it, `acme-analytics …4471`. */
export function accountName(principal: Principal): string {
  const { accountId = principal.id, accountAlias } = principal;
  return accountInWords({ accountId, accountAlias });
}

/** What a principal is, in words; nothing where it is a role like most. */
export function usePrincipalKind() {
  const t = useT();
  return ({ kind }: Pick<Principal, 'kind'>): string => {
    switch (kind) {
      case 'iam-role':
      case 'special':
      case 'other':
        return '';
      default:
        return t(`principal.${kind}`);
    }
  };
}
