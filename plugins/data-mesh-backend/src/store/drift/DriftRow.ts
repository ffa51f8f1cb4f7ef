import { principalInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  DriftAction,
  DriftKind,
  ObservedGrant,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** What can be done about each kind. */
export const actionsOfKind: { [K in DriftKind]: readonly DriftAction[] } = {
  excess: ['adopt', 'revoke'],
  missing: ['reapply', 'revoke'],
  // A table or role of the same name is another one: never a silent re-grant.
  identity: ['adopt', 'revoke'],
  residue: ['revoke'],
};

/** What is held and nobody approved, in words. */
export function grantInWords({
  principal,
  resource,
  permissions,
  grantable,
  condition,
}: ObservedGrant): string {
  const who = principalInWords(principal);
  const where = condition ? `, where ${condition}` : '';
  if (permissions.length === 0) {
    return `${who} may pass on ${grantable.join(', ')} on ${
      resource.words
    }${where}`;
  }
  const option =
    grantable.length > 0 ? `, may pass on ${grantable.join(', ')}` : '';
  return `${who} holds ${permissions.join(', ')} on ${
    resource.words
  }${option}${where}`;
}
