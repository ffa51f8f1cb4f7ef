import {
  addressKey,
  foldedName,
  judgedTables,
  scopeForm,
  tableNamings,
  type AccessScope,
  type JudgedReach,
  type JudgedTable,
  type NamingPort,
  type OutputPort,
  type PortFacts,
  type ProtectingPort,
  type ReachedTables,
  type TableNaming,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Provisioner } from '@lakemesh/backstage-plugin-data-mesh-node';
import { addressOfFacts } from '../../places';
import { inTurns } from '../../turns';
import { failureInWords } from '../../provisioners/AccessPlanner';
import { lookWithin } from '../../provisioners/lookWithin';
import type { HolderBook, Holders, Published } from './sources';

/** What finding out takes. */
export interface ReachDeps {
  published: Pick<Published, 'all'>;
  holders: Holders;
  timeoutMs: number;
}

/** The port that a scope is of, as it is published. */
export interface AskedPort {
  productRef: string;
  port: OutputPort;
  facts: PortFacts;
  /** Nothing is looked up through a port that cannot be asked for. */
  requestable: boolean;
  contested?: boolean;
  vouched?: boolean;
  /** Owner of its domain, as the catalog has it. */
  domainOwnerRef?: string;
}

/** What a scope reaches, and who owns the domains that it touches. */
export interface FoundReach {
  judgedPort: NamingPort;
  reach: JudgedReach;
  domainOwners: { [domainRef: string]: string | undefined };
}

/** Finds out what a scope reaches now, and the strictest of what protects it. */
export async function findReach(
  deps: ReachDeps,
  asked: AskedPort,
  provisioner: Provisioner,
  scope: AccessScope,
  together: object,
): Promise<FoundReach> {
  const [book, published, found] = await Promise.all([
    deps.holders.book(),
    deps.published.all(),
    look(deps, asked, provisioner, declaredOnly(scope, asked.port), together),
  ]);
  const isOwn = ({ productRef, port }: { productRef: string; port: string }) =>
    productRef === asked.productRef && port === asked.port.name;
  const protecting = [
    { ...asked, port: asked.port.name },
    ...published.flatMap(one =>
      one.facts && !isOwn(one) ? [{ ...one, facts: one.facts }] : [],
    ),
  ];
  const reach = await protect(
    found,
    scope,
    naming(protecting, provisioner, found),
    book,
  );
  const judgedPort: NamingPort = {
    productRef: asked.productRef,
    port: asked.port.name,
    ownerRef: asked.facts.ownerRef,
    approvers: asked.facts.approvers,
    domainRef: asked.facts.domainRef,
    ...(asked.vouched && { vouched: true }),
    ...(asked.contested && { contested: true }),
  };
  return {
    judgedPort,
    reach: {
      ...reach,
      ...(scopeForm(scope) === 'tag-expression' && {
        tagsHeld: holdsATag(book, judgedPort, asked.port, provisioner, scope),
      }),
    },
    domainOwners: ownersOf(book, asked, reach),
  };
}

/** The strictest of what the ports say of what was found. May be much. */
async function protect(
  found: ReachedTables,
  scope: AccessScope,
  ports: readonly ProtectingPort[],
  book: HolderBook,
): Promise<Omit<JudgedReach, 'tagsHeld'>> {
  const reached = new Set(
    found.tables.map(({ address }) => foldedName(address.table)),
  );
  const index = new Map<string, TableNaming[]>();
  const namings = tableNamings(ports, reached);
  for await (const [key, said] of inTurns(namings)) {
    const known = index.get(key);
    if (known) known.push(said);
    else index.set(key, [said]);
  }
  const tables: JudgedTable[] = [];
  const judged = judgedTables(found, scope, index, address =>
    book.holderOf(address),
  );
  for await (const table of inTurns(judged)) tables.push(table);
  return { tables, ...(found.incomplete && { unknown: found.incomplete }) };
}

/**
 * What is chosen of each table that the port declares, wherever the scope names
 * it: of others nothing is looked up, nor told.
 */
function declaredOnly(scope: AccessScope, port: OutputPort): AccessScope {
  const names = new Set(port.tables.map(({ name }) => foldedName(name)));
  const byName = new Map<string, Set<string> | undefined>();
  for (const { table, columns } of scope.tables) {
    if (!names.has(foldedName(table))) continue;
    const known = byName.get(table);
    if (!columns || (byName.has(table) && !known)) {
      byName.set(table, undefined);
    } else {
      const chosen = known ?? new Set<string>();
      for (const column of columns) chosen.add(column);
      byName.set(table, chosen);
    }
  }
  return {
    ...scope,
    tables: [...byName].map(([table, columns]) => ({
      table,
      ...(columns && { columns: [...columns] }),
    })),
  };
}

async function look(
  { timeoutMs }: ReachDeps,
  { port, requestable }: AskedPort,
  provisioner: Provisioner,
  scope: AccessScope,
  together: object,
): Promise<ReachedTables> {
  const { directory, title } = provisioner;
  if (!requestable) {
    return declared(port, provisioner, scope, 'the port is not published');
  }
  if (scopeForm(scope) === 'tables' && scope.tables.length === 0) {
    return { tables: [] };
  }
  if (!directory) {
    return declared(port, provisioner, scope, `${title} does not tell it`);
  }
  const outcome = await lookWithin(provisioner, timeoutMs, signal =>
    directory.reach({ port, scope }, { signal, together }),
  );
  return outcome.ok
    ? outcome.found
    : declared(port, provisioner, scope, failureInWords(outcome.error));
}

/** What can be said where the system does not answer: what the port declares. */
function declared(
  port: OutputPort,
  { directory, portType }: Provisioner,
  scope: AccessScope,
  why: string,
): ReachedTables {
  const address = directory?.addressOf(port) ?? {
    system: portType,
    catalogId: '',
    database: port.location.database ?? '',
  };
  const byName = new Map<string, OutputPort['tables']>();
  for (const table of port.tables) {
    const key = foldedName(table.name);
    byName.set(key, [...(byName.get(key) ?? []), table]);
  }
  return {
    incomplete: why,
    tables: scope.tables.flatMap(({ table: name, columns }) =>
      (byName.get(foldedName(name)) ?? []).map(table => ({
        address: { ...address, table: table.name },
        columns: table.columns,
        ...(columns && { reached: columns }),
      })),
    ),
  };
}

/** Those of the ports that may name a table that was found, with its place. */
function naming(
  ports: ReadonlyArray<Omit<ProtectingPort, 'address'>>,
  { directory, portType }: Provisioner,
  { tables }: ReachedTables,
): ProtectingPort[] {
  const databaseKey = (address: Omit<ProtectingPort['address'], 'table'>) =>
    addressKey({ ...address, table: '' });
  const reached = new Set(tables.map(({ address }) => databaseKey(address)));
  return ports.flatMap(port => {
    if (port.facts.system !== portType) return [];
    const { system, location } = port.facts;
    const address = addressOfFacts(directory, port.facts) ?? {
      system,
      catalogId: '',
      database: location.database ?? '',
    };
    return reached.has(databaseKey(address)) ? [{ ...port, address }] : [];
  });
}

function holdsATag(
  book: HolderBook,
  { domainRef }: NamingPort,
  port: OutputPort,
  { directory }: Provisioner,
  { tagExpression = [] }: AccessScope,
): boolean {
  const address = directory?.addressOf(port);
  if (!address) return false;
  const { system, catalogId, region } = address;
  return tagExpression.some(({ key, values }) => {
    const holder = book.holderOfTag({ system, catalogId, region, key, values });
    return (
      holder !== undefined &&
      'domainRef' in holder &&
      holder.domainRef === domainRef
    );
  });
}

function ownersOf(
  book: HolderBook,
  { facts, domainOwnerRef }: AskedPort,
  { tables }: Pick<JudgedReach, 'tables'>,
): FoundReach['domainOwners'] {
  const domains = new Set([facts.domainRef]);
  for (const { ports, holder } of tables) {
    for (const { domainRef } of ports) domains.add(domainRef);
    if (holder && 'domainRef' in holder) domains.add(holder.domainRef);
  }
  return Object.fromEntries(
    [...domains].map(ref => [
      ref,
      book.domainOf(ref).ownerRef ??
        (ref === facts.domainRef ? domainOwnerRef : undefined),
    ]),
  );
}
