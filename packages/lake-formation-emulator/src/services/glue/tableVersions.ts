import { TableRecord } from '../../model/catalog/TableRecord';

/** A table in all of its versions, the current one first. */
export const versionsOf = (table: TableRecord): TableRecord[] => [
  table,
  ...[...(table.archive ?? [])]
    .reverse()
    .map(version => ({ ...table, ...version })),
];

/** Keeps the definition as it is before a change, as a version of its own. */
export function archive(table: TableRecord): void {
  const { definition, updatedAt, versionId } = table;
  table.archive = [
    ...(table.archive ?? []),
    { definition, updatedAt, versionId },
  ];
}
