import { useState } from 'react';
import {
  type DataProductColumn,
  checkRowFilter,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  filterText,
  FilterCondition,
  FilterType,
  filterTypeOf,
  SimpleFilter,
} from './filterLanguage';
import { simpleFilter } from './simpleFilter';

/** A row with nothing in it. */
export const emptyCondition: FilterCondition = {
  column: '',
  operator: '=',
  values: [],
};

const oneEmptyRow: SimpleFilter = { join: 'and', conditions: [emptyCondition] };

/** The rows of a filter beside its text. */
export interface FilterRows {
  /** Undefined where the text says more than rows can show. */
  rows?: SimpleFilter;
  typeOf(column: string): FilterType;
  change(rows: SimpleFilter): void;
}

/**
 * The rows that a filter's text shows as. The text is what counts; rows that
 * are not filled in yet have none, so they are kept here until they do.
 */
export function useFilterRows(
  text: string,
  columns: readonly DataProductColumn[],
  onText: (text: string) => void,
): FilterRows {
  const [edited, setEdited] = useState<{ text: string; rows: SimpleFilter }>();
  const typeOf = (name: string): FilterType => {
    const column = columns.find(one => one.name === name);
    return column ? filterTypeOf(column) : 'other';
  };

  let rows: SimpleFilter | undefined;
  if (edited && edited.text === text) {
    rows = edited.rows;
  } else if (text.trim() === '') {
    rows = oneEmptyRow;
  } else {
    const read = checkRowFilter(text, columns);
    rows = read.ok ? simpleFilter(read.filter, columns) : undefined;
  }
  return {
    rows,
    typeOf,
    change: next => {
      const written = filterText(next, typeOf);
      setEdited({ text: written, rows: next });
      onText(written);
    },
  };
}
