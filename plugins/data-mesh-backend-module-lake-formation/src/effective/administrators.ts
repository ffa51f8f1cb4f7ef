import type { Principal } from '@lakemesh/backstage-plugin-data-mesh-common';
import { LakeAdministrators } from '../lake/administrators';
import { ReadPrincipal } from '../lake/observed';
import { AccessReason, TableSubject } from './accessPart';
import { AnswerItem } from './mergeParts';

const ADMINISTRATOR: AccessReason = {
  kind: 'administrator',
  words:
    'data lake administrator: may describe everything in the catalog, and grant everything to anybody, itself included',
};
const READ_ONLY: AccessReason = {
  kind: 'administrator',
  words: 'read-only administrator: may describe everything in the catalog',
};

const reasonOf = (settings: LakeAdministrators, id: string) =>
  settings.administrators.has(id) ? ADMINISTRATOR : READ_ONLY;

/** Administrators as those who see a table's metadata. Pure. */
export function administratorsSeeing(
  settings: LakeAdministrators,
  { catalogId, region, database, table }: TableSubject,
  readPrincipal: ReadPrincipal,
): AnswerItem[] {
  return [...new Set([...settings.administrators, ...settings.readOnly])].map(
    id => ({
      principal: readPrincipal(id),
      resource: {
        words: `${database}.${table}, metadata only`,
        catalogId,
        region,
        database,
        table,
        columns: [],
      },
      permissions: ['DESCRIBE'],
      reasons: [reasonOf(settings, id)],
    }),
  );
}

/** What a principal sees by administering an account's lake. Pure. */
export function administratorItem(
  settings: LakeAdministrators,
  { catalogId, region }: Pick<TableSubject, 'catalogId' | 'region'>,
  principal: Principal,
): AnswerItem | undefined {
  const { id } = principal;
  if (!settings.administrators.has(id) && !settings.readOnly.has(id)) {
    return undefined;
  }
  return {
    principal,
    resource: {
      words: `metadata of everything in account ${catalogId}, ${region}`,
      catalogId,
      region,
    },
    permissions: ['DESCRIBE'],
    reasons: [reasonOf(settings, id)],
  };
}
