import {
  accountInWords,
  parseAwsPrincipal,
  type ScanStatus,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Loaded } from '../../api';
import { PrincipalLabel } from '../../principal/PrincipalLabel';
import { GrantsPivot } from '../grantsUrl';

/** The product, principal or account whose grants are listed, by its name. */
export function OpenGroup(props: {
  by: GrantsPivot;
  name: string;
  scans: Loaded<ScanStatus>;
}) {
  const { by, name, scans } = props;
  const aliasOf = (accountId?: string) =>
    scans.value?.items.find(({ target }) => target.accountId === accountId)
      ?.target.accountAlias;
  if (by === 'product') return <EntityRefLink entityRef={name} hideIcon />;
  if (by === 'account') {
    return (
      <span title={name}>
        {accountInWords({ accountId: name, accountAlias: aliasOf(name) })}
      </span>
    );
  }
  const principal = parseAwsPrincipal(name) ?? {
    id: name,
    kind: 'other' as const,
    name,
  };
  return (
    <PrincipalLabel
      principal={{ ...principal, accountAlias: aliasOf(principal.accountId) }}
    />
  );
}
