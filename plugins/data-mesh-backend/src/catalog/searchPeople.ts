import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/** A user or group that a name leads to. */
export interface FoundPeople {
  kind: 'user' | 'group';
  ref: string;
  title: string;
}

const FIELDS = ['metadata.name', 'metadata.title', 'spec.profile.displayName'];

const textOf = (value: unknown) =>
  typeof value === 'string' && value !== '' ? value : undefined;

/**
 * Users and groups with a text in their name or title, as the credentials see
 * them: whose name it is first, then users.
 */
export async function searchPeople(
  catalog: Pick<CatalogService, 'queryEntities'>,
  text: string,
  options: { credentials: BackstageCredentials; limit: number },
): Promise<FoundPeople[]> {
  const { credentials, limit } = options;
  const found = await Promise.all(
    (['user', 'group'] as const).map(async kind => {
      const { items } = await catalog.queryEntities(
        {
          filter: { kind },
          fullTextFilter: { term: text, fields: FIELDS },
          orderFields: { field: 'metadata.name', order: 'asc' },
          limit,
        },
        { credentials },
      );
      return items.map(({ metadata, spec, ...entity }): FoundPeople => {
        const profile = spec?.profile as { displayName?: unknown } | undefined;
        return {
          kind,
          ref: stringifyEntityRef({ ...entity, metadata }),
          title:
            textOf(profile?.displayName) ?? metadata.title ?? metadata.name,
        };
      });
    }),
  );
  return found.flat();
}
