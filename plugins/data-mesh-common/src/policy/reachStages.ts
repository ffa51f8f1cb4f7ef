import type { PolicyStage } from '../client/types.generated';
import { namesInWords } from '../plan';
import { reachedName, type JudgedTable, type NamingPort } from './reach';
import type { ContributedStage, PolicyFacts, StandIn } from './types';

const quoted = (ref: string) => `\`${ref.slice(ref.lastIndexOf('/') + 1)}\``;

/** The owner of a domain, to stand in for those of its products. */
function domainOwner(
  { domainOwners }: PolicyFacts,
  domainRef: string,
): StandIn[] {
  const ownerRef = domainOwners[domainRef];
  return ownerRef
    ? [{ approvers: [ownerRef], because: 'the owner of the domain decides' }]
    : [];
}

function deciding(port: NamingPort) {
  if (port.contested) {
    // Nobody stands behind no approvers: who stands in decides.
    return { approvers: [], how: 'it is being decided who owns the product' };
  }
  return port.approvers.length > 0
    ? { approvers: [...port.approvers], how: 'the product names them' }
    : { approvers: [port.ownerRef], how: undefined };
}

function ownStage(facts: PolicyFacts): ContributedStage {
  const { approvers, how } = deciding(facts.judgedPort);
  return {
    name: 'owner',
    approvers,
    because:
      how === 'the product names them'
        ? 'the product names them as its approvers'
        : how ?? 'the owner decides about the product',
    standIns: domainOwner(facts, facts.judgedPort.domainRef),
  };
}

/** The tables of each of the ports, those of the requested product left out. */
function tablesByProduct(facts: PolicyFacts) {
  const others = new Map<string, { port: NamingPort; tables: JudgedTable[] }>();
  for (const table of facts.reach.tables) {
    for (const port of table.ports) {
      if (port.productRef === facts.productRef) continue;
      const key = JSON.stringify([port.productRef, port.port]);
      const known = others.get(key);
      if (known) known.tables.push(table);
      else others.set(key, { port, tables: [table] });
    }
  }
  return others;
}

const named = (facts: PolicyFacts, tables: readonly JudgedTable[]) =>
  namesInWords(
    tables.map(({ address }) =>
      reachedName(address, facts.port.location.database),
    ),
    3,
  );

const areOr = (tables: readonly unknown[], one: string, more: string) =>
  tables.length === 1 ? one : more;

/** The owners of the products reached, the requested product first. */
export function ownerStages(facts: PolicyFacts): ContributedStage[] {
  return [
    ownStage(facts),
    ...[...tablesByProduct(facts).values()].map(({ port, tables }) => {
      const { approvers, how } = deciding(port);
      return {
        name: 'owner',
        approvers,
        because: `${named(facts, tables)} ${areOr(
          tables,
          'belongs',
          'belong',
        )} to ${quoted(port.productRef)}${how ? `, and ${how}` : ''}`,
        standIns: domainOwner(facts, port.domainRef),
      };
    }),
  ];
}

/** Those who answer for tables that no product names. */
export function holderStages(facts: PolicyFacts): ContributedStage[] {
  const held = new Map<string, JudgedTable[]>();
  const unheld: JudgedTable[] = [];
  for (const table of facts.reach.tables) {
    if (table.ports.length > 0) continue;
    const { holder } = table;
    if (holder && 'domainRef' in holder) {
      const known = held.get(holder.domainRef);
      if (known) known.push(table);
      else held.set(holder.domainRef, [table]);
    } else unheld.push(table);
  }
  const stages = [...held].map(([domainRef, tables]): ContributedStage => {
    const ownerRef = facts.domainOwners[domainRef];
    return {
      name: 'holder',
      approvers: ownerRef ? [ownerRef] : [],
      because: `${named(facts, tables)} ${areOr(
        tables,
        'belongs',
        'belong',
      )} to no product, and ${quoted(domainRef)} answers for ${areOr(
        tables,
        'it',
        'them',
      )}`,
      standIns: [],
    };
  });
  return unheld.length > 0
    ? [
        ...stages,
        governanceStage(
          facts,
          `${named(facts, unheld)} ${areOr(
            unheld,
            'belongs',
            'belong',
          )} to no product, and no domain answers for ${areOr(
            unheld,
            'it',
            'them',
          )}`,
        ),
      ]
    : stages;
}

/** Data governance, for what no domain answers for. */
export function governanceStage(
  { governance }: PolicyFacts,
  because: string,
): ContributedStage {
  return {
    name: 'governance',
    approvers: [...governance],
    because,
    standIns: [],
  };
}

/** A steward where personal data is reached. */
export function stewardStage(
  facts: PolicyFacts,
  sensitive: string[],
  stewards: readonly string[],
): ContributedStage[] {
  if (sensitive.length === 0 || stewards.length === 0) return [];
  const stage: PolicyStage = {
    name: 'steward',
    approvers: [...stewards],
    because: `${namesInWords(sensitive)} ${
      sensitive.length === 1 ? 'is' : 'are'
    } personal data`,
    columns: sensitive,
  };
  // The owner of this domain does not stand in for the data of others.
  const isOwn = facts.reach.tables.every(
    table =>
      table.columns.every(({ pii }) => !pii) ||
      table.ports.every(
        ({ domainRef }) => domainRef === facts.judgedPort.domainRef,
      ),
  );
  return [
    {
      ...stage,
      standIns: isOwn ? domainOwner(facts, facts.judgedPort.domainRef) : [],
    },
  ];
}
