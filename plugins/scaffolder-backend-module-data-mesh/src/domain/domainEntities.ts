import type {
  DomainEntityV1alpha1,
  GroupEntityV1alpha1,
} from '@backstage/catalog-model';
import {
  ANNOTATION_AWS_ACCOUNT_ID,
  ANNOTATION_AWS_REGION,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** A group that is created together with the domain it owns. */
export type NewGroup = {
  name: string;
  title?: string;
  members?: string[];
};

/** What a data domain is made of. Either `owner` or `group` is given. */
export type NewDomain = {
  name: string;
  title?: string;
  description?: string;
  /** An owner that exists already. */
  owner?: string;
  group?: NewGroup;
  accountId: string;
  region: string;
  tags?: string[];
};

function groupEntity(group: NewGroup, domain: NewDomain): GroupEntityV1alpha1 {
  const title = group.title || group.name;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name: group.name,
      description: `Owns the data domain ${domain.title || domain.name}.`,
    },
    spec: {
      type: 'team',
      profile: { displayName: title },
      children: [],
      members: group.members ?? [],
    },
  };
}

/** The entity reference of who owns the domain. */
export function ownerRefOf(domain: NewDomain): string {
  return domain.group
    ? `group:default/${domain.group.name}`
    : domain.owner ?? '';
}

/** The Domain entity, and the Group where it has a new one. */
export function domainEntities(
  domain: NewDomain,
): [DomainEntityV1alpha1, ...GroupEntityV1alpha1[]] {
  const { name, title, description, tags } = domain;
  return [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Domain',
      metadata: {
        name,
        ...(title ? { title } : {}),
        ...(description ? { description } : {}),
        annotations: {
          [ANNOTATION_AWS_ACCOUNT_ID]: domain.accountId,
          [ANNOTATION_AWS_REGION]: domain.region,
        },
        ...(tags?.length ? { tags } : {}),
      },
      spec: { owner: ownerRefOf(domain) },
    },
    ...(domain.group ? [groupEntity(domain.group, domain)] : []),
  ];
}
