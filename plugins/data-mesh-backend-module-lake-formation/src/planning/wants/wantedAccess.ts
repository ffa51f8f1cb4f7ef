import type { AccessLevel } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Access } from '../../lake/access';
import { ALL_COLUMNS, NO_COLUMNS } from '../../lake/columns';

/** What a level is on a whole table, beside SELECT. */
const PERMISSIONS: Record<AccessLevel, string[]> = {
  read: ['DESCRIBE'],
  append: ['DESCRIBE', 'INSERT'],
  modify: ['ALTER', 'DELETE', 'DESCRIBE', 'INSERT'],
};

/** Access to whole tables. */
export const wholeTable = (level: AccessLevel): Access => ({
  permissions: PERMISSIONS[level],
  select: ALL_COLUMNS,
});

/**
 * What is left of reading a whole table beside SELECT on some columns: the two
 * exclude each other with DESCRIBE, and any SELECT lets its holder describe.
 */
export const ALL_COLUMNS_ONLY: Access = {
  permissions: [],
  select: ALL_COLUMNS,
};

export const DESCRIBE_ONLY: Access = {
  permissions: ['DESCRIBE'],
  select: NO_COLUMNS,
};

export const LOCATION_ACCESS: Access = {
  permissions: ['DATA_LOCATION_ACCESS'],
  select: NO_COLUMNS,
};
