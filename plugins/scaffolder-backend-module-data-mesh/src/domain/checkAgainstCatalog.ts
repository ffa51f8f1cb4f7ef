import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError, InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { domainEntities, type NewDomain } from './domainEntities';

/**
 * Refuses a domain whose name is taken, or whose people do not exist.
 *
 * @param options - `user` sees what its own permissions show; `service` sees
 * all, since a name is taken also by what the user may not see
 */
export async function checkAgainstCatalog(
  domain: NewDomain,
  options: {
    catalog: CatalogService;
    user: BackstageCredentials;
    service: BackstageCredentials;
  },
): Promise<void> {
  const { catalog, user, service } = options;
  const created = domainEntities(domain).map(entity =>
    stringifyEntityRef(entity),
  );
  const taken = await catalog.getEntitiesByRefs(
    { entityRefs: created, fields: ['kind', 'metadata.name'] },
    { credentials: service },
  );
  const existing = created.filter((_, index) => taken.items[index]);
  if (existing.length > 0) {
    throw new ConflictError(
      `${existing.join(
        ', ',
      )} exists in the catalog already; choose another name`,
    );
  }

  const people = domain.group
    ? domain.group.members ?? []
    : [domain.owner].flatMap(ref => ref ?? []);
  if (people.length === 0) return;
  const found = await catalog.getEntitiesByRefs(
    { entityRefs: people, fields: ['kind', 'metadata.name'] },
    { credentials: user },
  );
  const missing = people.filter((_, index) => !found.items[index]);
  if (missing.length > 0) {
    throw new InputError(
      `${
        domain.group ? 'group.members' : 'owner'
      } must exist in the catalog, not found: ${missing.join(', ')}`,
    );
  }
}
