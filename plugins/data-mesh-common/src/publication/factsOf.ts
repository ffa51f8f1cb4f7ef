import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { DataProductEntity, OutputPort } from '../model';
import { byName, canonicalFacts } from './canonicalFacts';
import type { ColumnFacts, PortFacts } from './portFacts';
import { foldedName, stricterClassification } from './protection';

/**
 * The facts of a port on which access depends, in canonical order: the same
 * facts are equal and have the same JSON.
 *
 * @throws TypeError where a reference of the product cannot be read
 * @public
 */
export function factsOf(
  product: DataProductEntity,
  port: OutputPort,
): PortFacts {
  const { metadata, spec } = product;
  const full = (ref: string, defaultKind: string) =>
    stringifyEntityRef(
      parseEntityRef(ref, {
        defaultKind,
        defaultNamespace: metadata.namespace ?? 'default',
      }),
    );
  const { approvers, purposes, maxDurationDays, neverShared } =
    spec.access ?? {};
  return canonicalFacts({
    ownerRef: full(spec.owner, 'Group'),
    domainRef: full(spec.domain, 'Domain'),
    system: port.type,
    location: port.location,
    ...(spec.classification && { classification: spec.classification }),
    approvers: (approvers ?? []).map(ref => full(ref, 'Group')),
    ...(purposes && { purposes }),
    ...(maxDurationDays !== undefined && { maxDurationDays }),
    neverShared: neverShared ?? [],
    tags: metadata.tags ?? [],
    tables: tablesOf(port),
  });
}

/** Names that differ in case only are one; then the stricter word counts. */
function tablesOf(port: OutputPort): PortFacts['tables'] {
  const tables = new Map<
    string,
    { name: string; columns: Map<string, [string, ColumnFacts]> }
  >();
  for (const table of port.tables) {
    const key = foldedName(table.name);
    const known = tables.get(key) ?? { name: table.name, columns: new Map() };
    tables.set(key, known);
    for (const column of table.columns) {
      const said: ColumnFacts = {
        type: column.type,
        pii: column.pii ?? false,
        ...(column.classification && { classification: column.classification }),
        tags: byName(column.tags ?? []),
      };
      const columnKey = foldedName(column.name);
      const before = known.columns.get(columnKey);
      known.columns.set(columnKey, [
        before?.[0] ?? column.name,
        before ? stricter(before[1], said) : said,
      ]);
    }
  }
  return Object.fromEntries(
    [...tables.values()].map(({ name, columns }) => [
      name,
      { columns: Object.fromEntries(columns.values()) },
    ]),
  );
}

function stricter(one: ColumnFacts, other: ColumnFacts): ColumnFacts {
  const classification = stricterClassification(
    one.classification,
    other.classification,
  );
  return {
    type: one.type,
    pii: one.pii || other.pii,
    ...(classification && { classification }),
    tags: byName([...one.tags, ...other.tags]),
  };
}
