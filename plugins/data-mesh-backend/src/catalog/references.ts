import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { isDataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import { readRef } from './readRef';

/** One reference of a product or domain that gives power by its name. */
export interface CatalogReference {
  /** Who refers. */
  kind: 'product' | 'domain';
  from: string;
  title: string;
  /** What the name is there. */
  role: 'owner' | 'domain' | 'approver';
  /** The name, a full reference. */
  ref: string;
}

/** What of an entity {@link referencesIn} reads. */
export const referenceFields = [
  'apiVersion',
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'spec.owner',
  'spec.domain',
  'spec.access',
];

interface Named {
  role: CatalogReference['role'];
  text: unknown;
  defaultKind: string;
}

function namedIn(entity: Entity): Named[] {
  const owner: Named = {
    role: 'owner',
    text: entity.spec?.owner,
    defaultKind: 'Group',
  };
  if (!isDataProductEntity(entity)) return [owner];
  const { domain, access } = entity.spec;
  return [
    owner,
    { role: 'domain', text: domain, defaultKind: 'Domain' },
    ...(access?.approvers ?? []).map(
      (text): Named => ({ role: 'approver', text, defaultKind: 'Group' }),
    ),
  ];
}

/** The references by which a product or a domain gives power. */
export function referencesIn(entity: Entity): CatalogReference[] {
  const { metadata } = entity;
  const defaultNamespace = metadata.namespace ?? 'default';
  return namedIn(entity).flatMap(({ role, text, defaultKind }) => {
    const ref =
      typeof text === 'string'
        ? readRef(text, { defaultKind, defaultNamespace })
        : undefined;
    if (!ref) return [];
    return [
      {
        kind: isDataProductEntity(entity) ? 'product' : 'domain',
        from: stringifyEntityRef(entity),
        title: metadata.title ?? metadata.name,
        role,
        ref,
      },
    ];
  });
}
