import { parseEntityRef, type Entity } from '@backstage/catalog-model';
import {
  isolatedText,
  type Purpose,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { SYSTEM_ACTOR } from '../identity/Caller';

/** Words for what is stored as references and ids. */
export interface Say {
  /** What people call a user or a group. */
  name(ref: string): string;
  /** What people call a purpose. */
  purpose(id: string): string;
}

/** Where the words are found. */
export interface SayDeps {
  catalog: {
    entitiesOf(refs: Iterable<string>): Promise<ReadonlyMap<string, Entity>>;
  };
  purposes: readonly Purpose[];
}

function titleOf(ref: string, entity: Entity | undefined): string {
  const profile = entity?.spec?.profile;
  const shown =
    typeof profile === 'object' && profile !== null && 'displayName' in profile
      ? profile.displayName
      : undefined;
  if (typeof shown === 'string' && shown.trim()) return shown;
  if (entity?.metadata.title) return entity.metadata.title;
  try {
    return parseEntityRef(ref).name;
  } catch {
    return ref;
  }
}

/** Reads the words for some users and groups. */
export async function readSay(
  { catalog, purposes }: SayDeps,
  refs: Iterable<string>,
): Promise<Say> {
  const entities = await catalog.entitiesOf(new Set(refs));
  return {
    name: ref =>
      ref === SYSTEM_ACTOR
        ? 'Lakemesh'
        : isolatedText(titleOf(ref, entities.get(ref))),
    purpose: id =>
      isolatedText(purposes.find(one => one.id === id)?.title ?? id),
  };
}
