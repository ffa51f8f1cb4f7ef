import {
  asPublished,
  foldedName,
  stricterClassification,
  undeclaredProtection,
  type DataProductTable,
  type OutputPort,
  type PortFacts,
  type ProductTags,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { TaggedProduct } from '@lakemesh/backstage-plugin-data-mesh-node';
import type { FoundProduct, MeshCatalog } from '../catalog/MeshCatalog';
import type { PublishedPorts } from '../publication';

/** What a product may ask of the tags of tables. */
export interface AskedTags {
  productRef: string;
  /** Ports that agree in what is said of all of the product. */
  products: TaggedProduct[];
  /** What it may not ask for, and why. */
  errors: ProductTags['errors'];
}

/** What finding it needs. */
export interface AskedTagsDeps {
  catalog: Pick<MeshCatalog, 'annotationsOfDomain'>;
  published: Pick<PublishedPorts, 'find' | 'holdersOf'>;
}

/**
 * What a product asks for, by what is published of it: facts in force, on
 * tables whose place the domain of the product holds. Whoever could tag a table
 * of others would open it to all who have access by tags.
 */
export async function askedTags(
  { catalog, published }: AskedTagsDeps,
  found: FoundProduct,
): Promise<AskedTags> {
  const { productRef, entity } = found;
  const groups = new Map<string, TaggedProduct>();
  const errors: AskedTags['errors'] = [];
  for (const port of entity.spec.outputPorts) {
    const { facts, requestable, why } = await published.find(
      productRef,
      port.name,
      found,
    );
    if (!facts || !requestable) {
      errors.push({
        port: port.name,
        message: why ?? 'The port is not published',
      });
      continue;
    }
    if (facts.ownerRef !== found.ownerRef) {
      errors.push({
        port: port.name,
        message: `It is being decided whether ${found.ownerRef} owns it in the place of ${facts.ownerRef}; until then its tags are left alone`,
      });
      continue;
    }
    const holders = await published.holdersOf(facts);
    const foreign = Object.keys(facts.tables).filter(
      table => holders.get(table) !== facts.domainRef,
    );
    errors.push(
      ...foreign.map(table => ({
        port: port.name,
        message: foreignInWords(table, holders.get(table), facts.domainRef),
      })),
    );
    const { domainRef, classification, tags } = facts;
    const key = JSON.stringify([domainRef, classification, tags]);
    const group = groups.get(key) ?? {
      productRef,
      domainRef,
      ...(await annotationsOf(catalog, domainRef, found)),
      ...(classification && { classification }),
      tags,
      ports: [],
    };
    group.ports.push(taggedPort(entity, port, facts, new Set(foreign)));
    groups.set(key, group);
  }
  return { productRef, products: [...groups.values()], errors };
}

function foreignInWords(
  table: string,
  holder: string | undefined,
  domainRef: string,
): string {
  return holder
    ? `The tags of ${table} are left alone: its place belongs to ${holder}, and the product to ${domainRef}`
    : `The tags of ${table} are left alone: no domain holds its place`;
}

async function annotationsOf(
  catalog: AskedTagsDeps['catalog'],
  domainRef: string,
  found: FoundProduct,
): Promise<Pick<TaggedProduct, 'domainAnnotations'>> {
  const annotations =
    domainRef === found.domainRef
      ? found.domainAnnotations
      : await catalog.annotationsOfDomain(domainRef);
  return annotations ? { domainAnnotations: annotations } : {};
}

/** The port as it is in force, with the columns that wait as strict as their tables. */
function taggedPort(
  entity: FoundProduct['entity'],
  declared: OutputPort,
  facts: PortFacts,
  foreign: ReadonlySet<string>,
): OutputPort {
  const { port } = asPublished(entity, declared, facts);
  const waiting = new Map(
    declared.tables.map(table => [foldedName(table.name), table]),
  );
  return {
    ...port,
    tables: port.tables
      .filter(table => !foreign.has(table.name))
      .map(table =>
        withWaiting(table, waiting.get(foldedName(table.name)), facts),
      ),
  };
}

function withWaiting(
  table: DataProductTable,
  declared: DataProductTable | undefined,
  facts: PortFacts,
): DataProductTable {
  const known = new Set(table.columns.map(({ name }) => foldedName(name)));
  const strictest = undeclaredProtection(
    facts,
    table.name,
    facts.tables[table.name].columns,
  );
  const waiting = (declared?.columns ?? [])
    .filter(({ name }) => !known.has(foldedName(name)))
    .map(({ tags: _, ...column }) => {
      const classification = stricterClassification(
        column.classification,
        strictest.classification,
      );
      return {
        ...column,
        ...((column.pii || strictest.pii) && { pii: true }),
        ...(classification && { classification }),
      };
    });
  return { ...table, columns: [...table.columns, ...waiting] };
}
