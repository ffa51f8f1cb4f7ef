import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import { fullRef } from './fullRef';

/** Who owns a product now, and which domain it belongs to. Full references. */
export interface ProductHome {
  ownerRef: string;
  domainRef: string;
}

/** The home of a product; undefined where its references cannot be read. */
export function homeOf({
  metadata,
  spec,
}: DataProductEntity): ProductHome | undefined {
  const namespace = metadata.namespace ?? 'default';
  const ownerRef = fullRef(spec.owner, 'Group', namespace);
  const domainRef = fullRef(spec.domain, 'Domain', namespace);
  return ownerRef && domainRef ? { ownerRef, domainRef } : undefined;
}
