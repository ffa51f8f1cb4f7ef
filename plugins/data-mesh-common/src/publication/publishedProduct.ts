import type {
  DataProductColumn,
  DataProductEntity,
  OutputPort,
} from '../model';
import type { PortFacts } from './portFacts';
import { foldedName } from './protection';

/**
 * The product as far as facts are in force: what the catalog says otherwise of
 * owner, domain, place, tables, protection and limits is replaced by them. What
 * is no fact, like titles and descriptions, stays as the catalog has it.
 *
 * @param port - the port of the catalog that the facts are of
 * @public
 */
export function asPublished(
  product: DataProductEntity,
  port: OutputPort,
  facts: PortFacts,
): { product: DataProductEntity; port: OutputPort } {
  const { metadata, spec } = product;
  const published = publishedPort(port, facts);
  const { classification: _, ...rest } = spec;
  return {
    port: published,
    product: {
      ...product,
      metadata: { ...metadata, tags: facts.tags },
      spec: {
        ...rest,
        owner: facts.ownerRef,
        domain: facts.domainRef,
        ...(facts.classification && { classification: facts.classification }),
        outputPorts: spec.outputPorts.map(one =>
          one.name === port.name ? published : one,
        ),
        access: {
          approvers: facts.approvers,
          ...(facts.purposes && { purposes: facts.purposes }),
          ...(facts.maxDurationDays !== undefined && {
            maxDurationDays: facts.maxDurationDays,
          }),
          neverShared: facts.neverShared,
        },
      },
    },
  };
}

function publishedPort(port: OutputPort, facts: PortFacts): OutputPort {
  const declared = new Map(
    port.tables.map(table => [foldedName(table.name), table]),
  );
  return {
    ...port,
    type: facts.system,
    location: facts.location,
    tables: inOrder(
      port.tables,
      Object.entries(facts.tables).map(([name, { columns }]) => {
        const table = declared.get(foldedName(name));
        const known = new Map(
          (table?.columns ?? []).map(column => [
            foldedName(column.name),
            column,
          ]),
        );
        return {
          ...table,
          name,
          columns: inOrder(
            table?.columns ?? [],
            Object.entries(columns).map(([column, said]): DataProductColumn => {
              const {
                classification: _,
                pii: __,
                tags: ___,
                ...rest
              } = known.get(foldedName(column)) ?? { name: column, type: '' };
              return {
                ...rest,
                name: column,
                type: said.type,
                ...(said.pii && { pii: true }),
                ...(said.classification && {
                  classification: said.classification,
                }),
                ...(said.tags.length > 0 && { tags: said.tags }),
              };
            }),
          ),
        };
      }),
    ),
  };
}

/** As the file has them; what it no longer has comes last. */
function inOrder<T extends { name: string }>(
  declared: ReadonlyArray<{ name: string }>,
  values: T[],
): T[] {
  const places = new Map(
    declared.map(({ name }, index) => [foldedName(name), index]),
  );
  const place = ({ name }: T) =>
    places.get(foldedName(name)) ?? declared.length;
  return [...values].sort((one, other) => place(one) - place(other));
}
