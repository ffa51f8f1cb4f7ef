import { ReactNode } from 'react';
import { isSafeLink } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';

/**
 * A link to an address that somebody has written into an entity. What is no
 * address of the web, of mail or of a chat is shown as text: it may run code.
 */
export function SafeLink(props: { to: string; children: ReactNode }) {
  const { to, children } = props;
  return isSafeLink(to) ? <Link to={to}>{children}</Link> : <>{children}</>;
}
