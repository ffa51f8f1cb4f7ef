import { InputError } from '@backstage/errors';
import {
  parseAwsPrincipal,
  readIamPrincipals,
  type Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Grantee } from './grant';

/** Where it holds permissions, Lake Formation leaves access to IAM. */
export const IAM_ALLOWED_PRINCIPALS = 'IAM_ALLOWED_PRINCIPALS';

/** Whether a principal is that group, by either of its names. */
export const isIamAllowedPrincipals = (id: string): boolean =>
  id === IAM_ALLOWED_PRINCIPALS || id === 'EVERYONE';

/**
 * Reads a principal in Lake Formation's words.
 *
 * @returns undefined where the text names none that could be granted to
 */
export const readLakePrincipal: (id: string) => Principal | undefined =
  parseAwsPrincipal;

/**
 * A principal as Lake Formation is told of it: attributes become a condition in
 * Cedar.
 *
 * @throws InputError where the attributes cannot be read
 */
export function granteeOf(id: string): Grantee {
  const all = readIamPrincipals(id);
  if (!all && /^\d{12}:IAMPrincipals/.test(id)) {
    throw new InputError(
      `principals[${id}] names attributes that cannot be read; expected ACCOUNT:IAMPrincipals?KEY=VALUE, more of them after &`,
    );
  }
  if (!all || all.attributes.length === 0) return { principalId: id };
  return {
    principalId: `${all.accountId}:IAMPrincipals`,
    condition: all.attributes.map(attributeInCedar).join(' && '),
  };
}

function attributeInCedar([key, value]: [string, string]): string {
  return (
    `context.iam.principalTags.hasTag("${key}") && ` +
    `context.iam.principalTags.getTag("${key}") == "${value}"`
  );
}
