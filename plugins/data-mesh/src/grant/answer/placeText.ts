import type {
  DataProductEntity,
  WhoQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** A table or column of the mesh, as it is asked for and read. */
export interface Place extends Omit<WhoQuery, 'at'> {
  /** `database.table` or `database.table.column`. */
  text: string;
}

/** `database.table` or `database.table.column`. */
export const placeText = (place: Omit<WhoQuery, 'at'>): string =>
  [place.database, place.table, place.column].filter(Boolean).join('.');

/** All tables of the mesh's ports, and all their columns behind each. */
export function placesOf(products: readonly DataProductEntity[]): Place[] {
  const places = new Map<string, Place>();
  const add = (place: Omit<WhoQuery, 'at'>) => {
    const text = placeText(place);
    const key = `${place.catalogId}/${place.region}/${text}`;
    if (!places.has(key)) places.set(key, { ...place, text });
  };
  for (const { spec } of products) {
    for (const { location, tables } of spec.outputPorts) {
      const { catalogId, region, database } = location;
      if (!catalogId || !database) continue;
      for (const { name, columns } of tables) {
        const table = { catalogId, region, database, table: name };
        add(table);
        columns.forEach(column => add({ ...table, column: column.name }));
      }
    }
  }
  return [...places.values()].sort((a, b) => a.text.localeCompare(b.text));
}
