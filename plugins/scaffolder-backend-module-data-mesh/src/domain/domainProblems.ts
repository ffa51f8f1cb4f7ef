import { parseEntityRef } from '@backstage/catalog-model';
import {
  isAwsRegion,
  type Problem,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { NewDomain } from './domainEntities';

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * The catalog takes 63 characters; lower case, because the name becomes part of
 * file and AWS names that ignore case or refuse capitals.
 */
function nameProblems(field: string, name: string): Problem[] {
  if (NAME.test(name) && name.length <= 63) return [];
  return [
    {
      field,
      reason: `must be lower-case letters, digits and single dashes, at most 63 characters, found "${name}"`,
    },
  ];
}

function refProblems(field: string, ref: string, kinds: string[]): Problem[] {
  try {
    const { kind } = parseEntityRef(ref);
    if (kinds.includes(kind.toLowerCase())) return [];
  } catch {
    // Said below, together with refs of another kind.
  }
  return [
    {
      field,
      reason: `must be a full reference to a ${kinds.join(' or ')}, like ${
        kinds[0]
      }:default/name, found "${ref}"`,
    },
  ];
}

function ownerProblems({ owner, group }: NewDomain): Problem[] {
  if (owner && group) {
    return [{ field: 'owner', reason: 'and group exclude each other' }];
  }
  if (group) {
    return [
      ...nameProblems('group.name', group.name),
      ...(group.members ?? []).flatMap((ref, index) =>
        refProblems(`group.members[${index}]`, ref, ['user']),
      ),
    ];
  }
  if (owner) return refProblems('owner', owner, ['group', 'user']);
  return [
    { field: 'owner', reason: 'is missing: name an owner or a new group' },
  ];
}

/** What is wrong with a new domain, as far as its text alone tells. */
export function domainProblems(domain: NewDomain): Problem[] {
  const problems = [
    ...nameProblems('name', domain.name),
    ...ownerProblems(domain),
  ];
  if (!/^\d{12}$/.test(domain.accountId)) {
    problems.push({
      field: 'accountId',
      reason: `must be a 12-digit AWS account, found "${domain.accountId}"`,
    });
  }
  if (!isAwsRegion(domain.region)) {
    problems.push({
      field: 'region',
      reason: `must be an AWS region like eu-central-1, found "${domain.region}"`,
    });
  }
  return problems;
}
