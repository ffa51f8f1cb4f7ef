import type { RevokePermissionsCommandInput } from '@aws-sdk/client-lakeformation';
import { InputError } from '@backstage/errors';
import { principalInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  ObservedGrant,
  RevocationEffect,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { wireResource } from '../model/observedResource';
import { accountOfCatalog } from '../model/PortLocation';

/**
 * The call that takes a listed grant away, the right to pass it on included.
 *
 * @throws InputError for a kind of resource that is not known here
 */
export function revokeInput(
  accountId: string,
  grant: ObservedGrant,
): RevokePermissionsCommandInput {
  const Resource = wireResource(grant.resource);
  if (!Resource) {
    throw new InputError(
      `The grant to '${grant.principal.id}' is on ${grant.resource.words}; revoke it in the AWS console`,
    );
  }
  return {
    // What a consumer's administrator passed on is named by its owner.
    CatalogId: accountOfCatalog(grant.resource.catalogId ?? accountId),
    Principal: { DataLakePrincipalIdentifier: grant.principal.id },
    Resource,
    Permissions:
      grant.permissions as RevokePermissionsCommandInput['Permissions'],
    ...(grant.grantable.length > 0 && {
      PermissionsWithGrantOption:
        grant.grantable as RevokePermissionsCommandInput['Permissions'],
    }),
    ...(grant.condition && { Condition: { Expression: grant.condition } }),
  };
}

/** What revoking a listed grant takes away. Pure. */
export function revokeEffect(
  accountId: string,
  grant: ObservedGrant,
): RevocationEffect {
  const option = grant.grantable.length > 0 ? ', with the grant option' : '';
  const condition = grant.condition ? ` while ${grant.condition}` : '';
  return {
    words: `${grant.permissions.join(' and ')} on \`${
      grant.resource.words
    }\` from ${principalInWords(grant.principal, {
      homeAccountId: accountId,
      quoted: true,
    })}${condition}${option}`,
    call: {
      service: 'LakeFormation',
      operation: 'RevokePermissions',
      input: { ...revokeInput(accountId, grant) },
    },
  };
}
