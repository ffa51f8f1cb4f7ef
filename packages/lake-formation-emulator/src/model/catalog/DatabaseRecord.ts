import { TagsByKey } from '../grants/tagExpression';
import { DefaultPermission } from './LakeSettings';
import { DatabaseTarget, TableRecord } from './TableRecord';

export interface DatabaseRecord {
  name: string;
  /** Set on a resource link, which has no tables of its own. */
  target?: DatabaseTarget;
  description?: string;
  locationUri?: string;
  parameters?: Record<string, string>;
  createTableDefaultPermissions: DefaultPermission[];
  createdAt: number;
  tables: Map<string, TableRecord>;
  /** AWS's tags, which have nothing to do with LF-Tags. */
  tags?: Record<string, string>;
  lfTags?: TagsByKey;
}
