import type { PolicyStage, Sentence } from '../client/types.generated';
import { quotedNames, sentence } from '../sentences';
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
    ? [{ approvers: [ownerRef], because: sentence('policy.domainOwner') }]
    : [];
}

function deciding(port: NamingPort): {
  approvers: string[];
  how: 'contested' | 'named' | 'owner';
} {
  // Nobody stands behind no approvers: who stands in decides.
  if (port.contested) return { approvers: [], how: 'contested' };
  return port.approvers.length > 0
    ? { approvers: [...port.approvers], how: 'named' }
    : { approvers: [port.ownerRef], how: 'owner' };
}

function ownStage(facts: PolicyFacts): ContributedStage {
  const { approvers, how } = deciding(facts.judgedPort);
  return {
    name: 'owner',
    approvers,
    because: sentence(`policy.${how}`),
    standIns: domainOwner(facts, facts.judgedPort.domainRef),
  };
}

const OF_OTHERS = {
  contested: 'policy.otherContested',
  named: 'policy.otherNamed',
  owner: 'policy.other',
} as const;

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
  quotedNames(
    tables.map(({ address }) =>
      reachedName(address, facts.port.location.database),
    ),
    3,
  );

/** The owners of the products reached, the requested product first. */
export function ownerStages(facts: PolicyFacts): ContributedStage[] {
  return [
    ownStage(facts),
    ...[...tablesByProduct(facts).values()].map(({ port, tables }) => {
      const { approvers, how } = deciding(port);
      return {
        name: 'owner',
        approvers,
        because: sentence(OF_OTHERS[how], {
          count: tables.length,
          tables: named(facts, tables),
          product: quoted(port.productRef),
        }),
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
      because: sentence('policy.holder', {
        count: tables.length,
        tables: named(facts, tables),
        domain: quoted(domainRef),
      }),
      standIns: [],
    };
  });
  return unheld.length > 0
    ? [
        ...stages,
        governanceStage(
          facts,
          sentence('policy.unheld', {
            count: unheld.length,
            tables: named(facts, unheld),
          }),
        ),
      ]
    : stages;
}

/** Data governance, for what no domain answers for. */
export function governanceStage(
  { governance }: PolicyFacts,
  because: Sentence,
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
    because: sentence('policy.personal', {
      count: sensitive.length,
      columns: quotedNames(sensitive),
    }),
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
