import type {
  ObservedGrant,
  Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { accountOfCatalog } from '../lake/PortLocation';
import { granteeOf, isIamAllowedPrincipals } from '../lake/principals';

const IAM: ReadonlySet<Principal['kind']> = new Set(['iam-role', 'iam-user']);

/**
 * Whether a grant is a principal's own, or may reach it through whom it belongs
 * to. Each such grant says in its reasons what it depends on. Pure.
 */
export function appliesTo(grant: ObservedGrant, principal: Principal): boolean {
  const { principal: holder, resource } = grant;
  if (holder.id === principal.id) return true;
  if (principal.kind === 'iam-principals') {
    const { principalId, condition } = granteeOf(principal.id);
    return holder.id === principalId && grant.condition === condition;
  }
  const { accountId } = principal;
  if (isIamAllowedPrincipals(holder.id)) {
    return (
      IAM.has(principal.kind) &&
      resource.catalogId !== undefined &&
      accountOfCatalog(resource.catalogId) === accountId
    );
  }
  if (holder.kind === 'iam-principals') {
    return IAM.has(principal.kind) && holder.accountId === accountId;
  }
  if (holder.kind === 'account') return holder.accountId === accountId;
  return (
    holder.kind === 'organization' || holder.kind === 'organizational-unit'
  );
}
