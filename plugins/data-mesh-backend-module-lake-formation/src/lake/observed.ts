import type {
  ObservedGrant,
  Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  Access,
  NO_RIGHTS,
  Rights,
  chosenColumns,
  readAccess,
  wholeNames,
} from './access';
import {
  ALL_COLUMNS,
  ColumnSet,
  NO_COLUMNS,
  isNoColumns,
  subtractColumns,
} from './columns';
import { Grant } from './grant';
import { granteeOf } from './principals';
import { LakeResource, allTables, orderedTags } from './resource';
import { ListedGrant } from './wire';
import { resourceTitle } from './words';

/** What a grant is on, as people and the backend read it. */
export type ObservedResource = ObservedGrant['resource'];

/** How a principal is read, with the name of its account. */
export type ReadPrincipal = (id: string) => Principal;

const namesOf = ({ permissions, select }: Rights): string[] =>
  isNoColumns(select) ? permissions : [...permissions, 'SELECT'].sort();

/** A line of a listing as a grant that people read. Pure. */
export function observedGrant(
  line: ListedGrant,
  region: string,
  readPrincipal: ReadPrincipal,
): ObservedGrant {
  const { grantee, access } = line;
  const columns = columnsListed(access);
  const [share] = line.shares;
  return {
    principal: readPrincipal(grantee.principalId),
    resource: observedResource(line.resource, region, columns),
    permissions: namesOf(access),
    grantable: namesOf(access.passOn ?? NO_RIGHTS),
    ...(grantee.condition && { condition: grantee.condition }),
    ...(share && { resourceShare: share }),
    ...(line.updatedAt && { updatedAt: line.updatedAt.toISOString() }),
    ...(line.updatedBy && { updatedBy: line.updatedBy }),
  };
}

/** The columns that a line is about; none of its own for all of them. */
function columnsListed(access: Access): ColumnSet {
  const chosen = chosenColumns(access);
  return isNoColumns(chosen)
    ? chosenColumns(access.passOn ?? NO_RIGHTS)
    : chosen;
}

/** A resource as people read it, with the columns of it that a grant is on. */
export function observedResource(
  resource: LakeResource,
  region: string,
  columns: ColumnSet = NO_COLUMNS,
): ObservedResource {
  const isChosen = resource.kind === 'table' && !isNoColumns(columns);
  return {
    words: resourceTitle(resource, isChosen ? columns : ALL_COLUMNS),
    ...described(resource),
    ...(isChosen && { kind: 'columns', ...columnsObserved(columns) }),
    region,
  };
}

function columnsObserved(
  columns: ColumnSet,
): Pick<ObservedResource, 'columns' | 'excludedColumns'> {
  if ('only' in columns) return { columns: columns.only };
  return columns.except.length > 0 ? { excludedColumns: columns.except } : {};
}

function described(
  resource: LakeResource,
): Omit<ObservedResource, 'words' | 'region'> {
  const { catalogId } = resource;
  switch (resource.kind) {
    case 'catalog':
      return { kind: 'catalog', catalogId };
    case 'database':
      return { kind: 'database', catalogId, database: resource.database };
    case 'allTables':
      return { kind: 'all-tables', catalogId, database: resource.database };
    case 'table': {
      const { database, table } = resource;
      return { kind: 'table', catalogId, database, table };
    }
    case 'filter': {
      const { database, table, filter } = resource;
      return { kind: 'data-cells-filter', catalogId, database, table, filter };
    }
    case 'tagPolicy':
      return {
        kind: 'tag-policy',
        catalogId,
        tagPolicyReach:
          resource.reaches === 'DATABASE' ? 'databases' : 'tables',
        ...(resource.savedAs === undefined
          ? { tagExpression: resource.expression }
          : { savedExpression: resource.savedAs }),
      };
    case 'tag':
      return {
        kind: 'lf-tag',
        catalogId,
        tagExpression: [{ key: resource.key, values: resource.values }],
      };
    case 'savedExpression':
      return {
        kind: 'saved-expression',
        catalogId,
        savedExpression: resource.name,
      };
    case 'location':
      return { kind: 'data-location', catalogId, location: resource.arn };
    default:
      return { kind: 'other', catalogId };
  }
}

/**
 * A grant that people read back as what it is. What names no catalog is in the
 * default one. Pure.
 */
export function readObserved(
  observed: ObservedGrant,
  defaultCatalogId: string,
): Grant {
  const { principal, permissions, grantable } = observed;
  const grantee = granteeOf(principal.id);
  const condition = observed.condition ?? grantee.condition;
  return {
    grantee: { ...grantee, ...(condition && { condition }) },
    resource: readObservedResource(observed.resource, defaultCatalogId),
    access: readAccess(permissions, grantable, grantedColumns(observed)),
  };
}

/** Columns of a filter are its own: a grant on it is on all of the filter. */
function grantedColumns({
  resource: { kind, columns, excludedColumns },
}: Pick<ObservedGrant, 'resource'>): ColumnSet {
  if (kind === 'data-cells-filter') return ALL_COLUMNS;
  return columns ? { only: columns } : { except: excludedColumns ?? [] };
}

/** The inverse of {@link observedResource}, but for the columns. */
export function readObservedResource(
  observed: ObservedResource,
  defaultCatalogId: string,
): LakeResource {
  const { kind, database, table, filter, location, savedExpression } = observed;
  const { tagExpression = [] } = observed;
  const catalogId = observed.catalogId ?? defaultCatalogId;
  const unknown: LakeResource = { kind: 'unknown', catalogId };
  switch (kind) {
    case 'catalog':
      return { kind, catalogId };
    case 'database':
      return database ? { kind, catalogId, database } : unknown;
    case 'data-cells-filter':
      return database && table && filter
        ? { kind: 'filter', catalogId, database, table, filter }
        : unknown;
    case 'data-location':
      return location
        ? { kind: 'location', catalogId, arn: location }
        : unknown;
    case 'tag-policy':
      return {
        kind: 'tagPolicy',
        catalogId,
        reaches: observed.tagPolicyReach === 'databases' ? 'DATABASE' : 'TABLE',
        expression: orderedTags(tagExpression),
        ...(savedExpression !== undefined && { savedAs: savedExpression }),
      };
    case 'lf-tag': {
      const [tag] = orderedTags(tagExpression);
      return tag ? { kind: 'tag', catalogId, ...tag } : unknown;
    }
    case 'saved-expression':
      return savedExpression
        ? { kind: 'savedExpression', catalogId, name: savedExpression }
        : unknown;
    case undefined:
    case 'table':
    case 'columns':
    case 'all-tables':
      if (!database) return unknown;
      return table
        ? { kind: 'table', catalogId, database, table }
        : allTables({ catalogId, database });
    default:
      return unknown;
  }
}

/**
 * The parts of a listed grant that make up an access, each as a grant of its
 * own: what is on the whole resource, and SELECT on chosen columns.
 */
export function partsOf(
  observed: ObservedGrant,
  { passOn = NO_RIGHTS, ...rights }: Access,
): ObservedGrant[] {
  const { columns: _, excludedColumns: __, ...rest } = observed.resource;
  const isTable = rest.kind !== 'data-cells-filter';
  const resource = readObservedResource(observed.resource, '');
  const wholeResource: ObservedResource = isTable
    ? {
        ...rest,
        ...(rest.kind === 'columns' && { kind: 'table' as const }),
        words:
          rest.kind === 'columns'
            ? resourceTitle(resource)
            : observed.resource.words,
      }
    : observed.resource;
  const part = (
    columns: ColumnSet | undefined,
    permissions: string[],
    grantable: string[],
  ): ObservedGrant[] =>
    permissions.length + grantable.length === 0
      ? []
      : [
          {
            ...observed,
            resource: columns
              ? {
                  ...rest,
                  kind: 'columns',
                  words: resourceTitle(resource, columns),
                  ...columnsObserved(columns),
                }
              : wholeResource,
            permissions: [...permissions].sort(),
            grantable: [...grantable].sort(),
          },
        ];
  const held = chosenColumns(rights);
  const passed = chosenColumns(passOn);
  const select = (columns: ColumnSet, isHeld: boolean, isPassed: boolean) =>
    isNoColumns(columns)
      ? []
      : part(columns, isHeld ? ['SELECT'] : [], isPassed ? ['SELECT'] : []);
  const heldOnly = subtractColumns(held, passed);
  const passedOnly = subtractColumns(passed, held);
  return [
    ...part(undefined, wholeNames(rights), wholeNames(passOn)),
    ...select(subtractColumns(held, heldOnly), true, true),
    ...select(heldOnly, true, false),
    ...select(passedOnly, false, true),
  ];
}
