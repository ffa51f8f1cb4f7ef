import { InputError } from '@backstage/errors';
import {
  parseAwsPrincipal,
  type Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Grantee } from './GrantWant';

/** Where it holds permissions, Lake Formation leaves access to IAM. */
export const IAM_ALLOWED_PRINCIPALS = 'IAM_ALLOWED_PRINCIPALS';

/**
 * All IAM principals of an account whose attributes are as wanted:
 * `123456789012:IAMPrincipals?department=sales&level=senior`.
 */
const BY_ATTRIBUTES = /^(\d{12}:IAMPrincipals)\?(.+)$/;
// What IAM takes for the keys and values of tags, without the two that part
// them here and the quotes that part them in Cedar.
const ATTRIBUTE = /^([\w .:/+@-]{1,128})=([\w .:/+@-]{1,256})$/;

/**
 * Reads a principal in Lake Formation's words, and the form of this module for
 * attributes of principals.
 *
 * @returns undefined where the text names none that could be granted to
 */
export function readLakePrincipal(id: string): Principal | undefined {
  const byAttributes = BY_ATTRIBUTES.exec(id);
  if (!byAttributes) return parseAwsPrincipal(id);
  const [, base, attributes] = byAttributes;
  const principal = parseAwsPrincipal(base);
  const pairs = readAttributes(attributes);
  if (!principal || !pairs || id.length > 255) return undefined;
  return {
    ...principal,
    id,
    name: `IAM principals with ${pairs
      .map(([key, value]) => `${key} ${value}`)
      .join(' and ')}`,
  };
}

function readAttributes(text: string): Array<[string, string]> | undefined {
  const pairs = text.split('&').map(pair => ATTRIBUTE.exec(pair));
  return pairs.every(pair => pair !== null)
    ? pairs.map(([, key, value]) => [key, value])
    : undefined;
}

/**
 * A principal as Lake Formation is told of it: attributes become a condition in
 * Cedar.
 *
 * @throws InputError where the attributes cannot be read
 */
export function granteeOf(id: string): Grantee {
  const byAttributes = BY_ATTRIBUTES.exec(id);
  if (!byAttributes) return { principalId: id };
  const [, principalId, attributes] = byAttributes;
  const pairs = readAttributes(attributes);
  if (!pairs) {
    throw new InputError(
      `principals[${id}] names attributes that cannot be read; expected ${principalId}?KEY=VALUE, more of them after &`,
    );
  }
  return { principalId, condition: pairs.map(attributeInCedar).join(' && ') };
}

function attributeInCedar([key, value]: [string, string]): string {
  return (
    `context.iam.principalTags.hasTag("${key}") && ` +
    `context.iam.principalTags.getTag("${key}") == "${value}"`
  );
}
