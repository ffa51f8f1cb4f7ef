import type { LFTagPair } from '@aws-sdk/client-lakeformation';
import { entityNotFound, invalidInput } from '../../model/api/AwsError';
import {
  Requester,
  effectiveHolding,
  isAdministrator,
  seesEverything,
} from '../../model/access/access';
import { Catalog } from '../../model/state/EmulatorState';
import { LfTagRecord } from '../../model/catalog/LfTagRecord';
import { Permission } from '../../model/grants/Permission';
import {
  ALL_VALUES,
  TagsByKey,
  storedTag,
} from '../../model/grants/tagExpression';

const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@%]+$/u;
const MAX_KEY = 128;
const MAX_VALUE = 256;
const MAX_VALUES_A_CALL = 50;

function readText(text: string, what: string, max: number): string {
  if (!TAG_TEXT.test(text) || text.length > max) {
    throw invalidInput(
      `${what} has 1 to ${max} letters, digits, spaces or _ . : / = + - @ %, found '${text}'.`,
    );
  }
  return storedTag(text);
}

/** Reads the key of an LF-Tag, which is kept in lower case. */
export const readTagKey = (key: string) =>
  readText(key, 'The key of an LF-Tag', MAX_KEY);

/** Reads values of an LF-Tag; a call may bring up to 50. */
export function readTagValues(values: readonly string[]): string[] {
  if (values.length > MAX_VALUES_A_CALL) {
    throw invalidInput(
      `Up to ${MAX_VALUES_A_CALL} values of an LF-Tag are taken in a call, found ${values.length}.`,
    );
  }
  return [
    ...new Set(
      values.map(value => readText(value, 'A value of an LF-Tag', MAX_VALUE)),
    ),
  ];
}

export const noSuchTag = () =>
  entityNotFound('Tag or tag value does not exist.');

/** Whether someone has a permission on an LF-Tag; administrators have what is given. */
export function mayWithTag(
  catalog: Catalog,
  requester: Requester,
  { key, values }: { key: string; values: readonly string[] },
  permission: Permission,
): boolean {
  const isImplicit = permission === 'ALTER' || permission === 'DROP';
  if (isImplicit && isAdministrator(catalog, requester.principal)) return true;
  return effectiveHolding(catalog, requester, {
    kind: 'lfTag',
    key,
    values,
  }).permissions.includes(permission);
}

/** The values of an LF-Tag that someone may see; none where it is hidden. */
export function visibleValues(
  catalog: Catalog,
  requester: Requester,
  { key, values }: Pick<LfTagRecord, 'key' | 'values'>,
): string[] {
  if (seesEverything(catalog, requester.principal)) return [...values];
  const holding = (asked: readonly string[]) =>
    effectiveHolding(catalog, requester, { kind: 'lfTag', key, values: asked })
      .permissions;
  // ALTER and DROP on the key show all of it.
  if (holding([ALL_VALUES]).length) return [...values];
  return values.filter(value => holding([value]).length > 0);
}

/** The tags of a resource that someone may see, as Lake Formation sends them. */
export function renderTags(
  catalog: Catalog,
  requester: Requester,
  tags: TagsByKey,
): LFTagPair[] {
  return Object.entries(tags)
    .filter(
      ([key, value]) =>
        visibleValues(catalog, requester, { key, values: [value] }).length > 0,
    )
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => ({
      CatalogId: catalog.accountId,
      TagKey: key,
      TagValues: [value],
    }));
}
