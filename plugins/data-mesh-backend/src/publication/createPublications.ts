import { randomUUID } from 'node:crypto';
import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { NewPublicationDecision } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import type { OwnProduct } from '../catalog/productsInChargeOf';
import type { Caller } from '../identity/Caller';
import type { Governance } from '../people';
import type { NameTrust } from '../names';
import { decidePublication } from './decidePublication';
import type { KeepingDeps } from './keepPublication';
import { PublicationReader } from './PublicationReader';
import { publicationChecks } from './publicationChecks';
import { PublicationStore } from './PublicationStore';
import { publicationTrust } from './publicationTrust';
import { PublishedPorts } from './PublishedPorts';
import { publishedOf } from './publishedOf';
import type { WorldDeps } from './world';

/** What publications need from their surroundings. */
export interface PublicationsOptions
  extends Omit<WorldDeps, 'catalog' | 'governance'>,
    Omit<KeepingDeps, 'store' | 'newId'> {
  db: Knex;
  catalog: MeshCatalog;
  governance: Governance;
  permissions: PermissionsService;
}

/** What of ports is published, and what people decide about it. */
export interface Publications {
  published: PublishedPorts;
  reader: PublicationReader;
  /** Names that it trusts. */
  trust: NameTrust;
  /** What is published of products. */
  of(products: readonly OwnProduct[]): Promise<OwnProduct[]>;
  /** For the doctor. */
  checks(): ReturnType<typeof publicationChecks>;
  decide(
    caller: Caller,
    id: string,
    seenVersion: number,
    decision: NewPublicationDecision,
  ): Promise<void>;
}

/** Puts the parts together. */
export function createPublications(options: PublicationsOptions): Publications {
  const store = new PublicationStore(options.db);
  const deps = { ...options, store, newId: randomUUID };
  const published = new PublishedPorts(deps);
  return {
    published,
    trust: publicationTrust(published),
    reader: new PublicationReader({ ...options, store }),
    of: products => publishedOf({ store, published }, products),
    checks: () => publicationChecks({ store, now: options.now }),
    decide: (caller, id, seenVersion, decision) =>
      decidePublication(
        { ...deps, published },
        caller,
        id,
        seenVersion,
        decision,
      ),
  };
}
