import { TableTags, TagValues } from '../effective/tagReach';
import { WantedTags } from './wantedTags';

/** A table whose tags are planned, with what is there. */
export interface TagSubject {
  accountId: string;
  region: string;
  catalogId: string;
  database: string;
  table: string;
  wanted: WantedTags;
  /** Assigned to the table and its columns themselves. */
  own: Pick<TableTags, 'table' | 'columns'>;
  /** What the table inherits of its database. */
  inherited: TagValues;
}
