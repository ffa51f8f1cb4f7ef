import type {
  Place,
  PlaceKind,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { placeKind } from '@lakemesh/backstage-plugin-data-mesh-common';

/** A place as it is typed. */
export interface PlaceDraft {
  kind: PlaceKind;
  system: string;
  catalogId: string;
  region: string;
  database: string;
  table: string;
  tagKey: string;
  tagValues: string;
}

/** The draft to begin with, from a place where there is one. */
export function draftOfPlace(place?: Place, system = 'lake-formation') {
  const draft: PlaceDraft = {
    kind: place ? placeKind(place) : 'database',
    system: place?.system ?? system,
    catalogId: place?.catalogId ?? '',
    region: place?.region ?? '',
    database: place?.database ?? '',
    table: place?.table ?? '',
    tagKey: place?.tag?.key ?? '',
    tagValues: place?.tag?.values.join(', ') ?? '',
  };
  return draft;
}

/** The values of a tag, as they are typed. */
export function tagValuesOf(text: string): string[] {
  return [
    ...new Set(
      text
        .split(',')
        .map(value => value.trim())
        .filter(Boolean),
    ),
  ];
}

/** The place that a draft names; undefined while something is missing. */
export function placeOfDraft(draft: PlaceDraft): Place | undefined {
  const { kind, system } = draft;
  const catalogId = draft.catalogId.trim();
  const region = draft.region.trim();
  const database = draft.database.trim();
  const table = draft.table.trim();
  const key = draft.tagKey.trim();
  const values = tagValuesOf(draft.tagValues);
  if (!catalogId) return undefined;
  const place: Place = { system, catalogId, ...(region && { region }) };
  switch (kind) {
    case 'catalog':
      return place;
    case 'tag':
      return key && values.length > 0
        ? { ...place, tag: { key, values } }
        : undefined;
    case 'database':
      return database ? { ...place, database } : undefined;
    default:
      return database && table ? { ...place, database, table } : undefined;
  }
}
