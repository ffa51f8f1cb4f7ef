import { useEffect, useState } from 'react';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';

/** An entity to choose. */
export interface EntityOption {
  ref: string;
  title: string;
  kind: string;
}

function toOption(entity: Entity): EntityOption {
  return {
    ref: stringifyEntityRef(entity),
    title: entity.metadata.title ?? entity.metadata.name,
    kind: entity.kind,
  };
}

/** The kinds of entities that use data. */
export const CONSUMER_KINDS = ['DataProduct', 'Component', 'System'];

/** Finds possible consumers in the catalog while a name is typed. */
export function useEntitySearch(text: string, active: boolean, delayMs = 250) {
  const catalog = useApi(catalogApiRef);
  const [options, setOptions] = useState<EntityOption[]>([]);
  const [error, setError] = useState<Error>();
  const [loading, setLoading] = useState(false);

  useEffect(() => {
    if (!active) return undefined;
    let over = false;
    setLoading(true);
    const timer = setTimeout(async () => {
      try {
        const { items } = await catalog.queryEntities({
          filter: { kind: CONSUMER_KINDS },
          fields: [
            'kind',
            'metadata.name',
            'metadata.namespace',
            'metadata.title',
          ],
          orderFields: { field: 'metadata.name', order: 'asc' },
          limit: 20,
          ...(text
            ? {
                fullTextFilter: {
                  term: text,
                  fields: ['metadata.name', 'metadata.title'],
                },
              }
            : {}),
        });
        if (over) return;
        setOptions(items.map(toOption));
        setError(undefined);
      } catch (cause) {
        if (!over) setError(cause as Error);
      } finally {
        if (!over) setLoading(false);
      }
    }, delayMs);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [catalog, text, active, delayMs]);

  return { options, error, loading };
}
