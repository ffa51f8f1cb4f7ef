/**
 * A catalog in memory that finds entities of a kind without reading all others:
 * the real one has an index for it, and the double of its tests has none.
 */
import { setImmediate } from 'node:timers/promises';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

const PAGE = 500;

type Catalog = ReturnType<typeof catalogServiceMock>;
type Query = Parameters<Catalog['getEntities']>[0];

const lower = (text: string) => text.toLocaleLowerCase('en-US');

export function indexedCatalog(entities: Entity[]): Catalog {
  const byKind = new Map<string, Entity[]>();
  for (const entity of entities) {
    const kind = lower(entity.kind);
    const known = byKind.get(kind);
    if (known) known.push(entity);
    else byKind.set(kind, [entity]);
  }
  /** Entities of the kinds that are asked for, and whether that is all. */
  const candidates = (query: Query) => {
    const filters = [query?.filter ?? {}].flat();
    const isByKind = filters.every(filter => 'kind' in filter);
    const kinds = new Set(
      filters.flatMap(filter => [filter.kind].flat().map(String)).map(lower),
    );
    return {
      found: isByKind
        ? [...kinds].flatMap(kind => byKind.get(kind) ?? [])
        : entities,
      isAll:
        isByKind && filters.every(filter => Object.keys(filter).length === 1),
    };
  };
  const whole = catalogServiceMock({ entities });
  return Object.assign(whole, {
    getEntities: async (
      ...[query, options]: Parameters<Catalog['getEntities']>
    ) => {
      const { found, isAll } = candidates(query);
      return isAll
        ? { items: found }
        : catalogServiceMock({ entities: found }).getEntities(query, options);
    },
    // In pages as the catalog sends them, each of which takes its time to come.
    streamEntities: async function* pages(
      ...[query, options]: Parameters<Catalog['streamEntities']>
    ) {
      const { found, isAll } = candidates(query);
      if (!isAll) {
        yield* catalogServiceMock({ entities: found }).streamEntities(
          query,
          options,
        );
        return;
      }
      for (let start = 0; start < found.length; start += PAGE) {
        await setImmediate();
        yield found.slice(start, start + PAGE);
      }
    },
  });
}
