import {
  foldedName,
  type FactDifference,
  type PolicyRules,
  type PortFacts,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { nameOf } from './names';
import { NOBODY } from './Publication';

/** What effects depend on beside the facts. */
export interface EffectWorld {
  rules: Pick<PolicyRules, 'stewards' | 'maxDurationDays' | 'autoApprove'>;
  holdersOf(facts: PortFacts): ReadonlyMap<string, string>;
}

type Effect = Pick<FactDifference, 'effect' | 'danger'>;

const personalNames = new WeakMap<PortFacts, ReadonlySet<string>>();

/** Folded names of columns of personal data, with and without their table's. */
function personalIn(facts: PortFacts): ReadonlySet<string> {
  const known = personalNames.get(facts);
  if (known) return known;
  const names = new Set<string>();
  for (const [table, { columns }] of Object.entries(facts.tables)) {
    for (const [column, { pii }] of Object.entries(columns)) {
      if (!pii) continue;
      names.add(foldedName(column));
      names.add(foldedName(`${table}.${column}`));
    }
  }
  personalNames.set(facts, names);
  return names;
}

const isPersonal = (facts: PortFacts, name: string) =>
  // A path into a column is as personal as the column.
  personalIn(facts).has(foldedName(name.split('.').slice(0, 2).join('.')));

/** What a difference changes for requests and access. Pure. */
export function effectOf(
  difference: FactDifference,
  current: PortFacts,
  { rules, holdersOf }: EffectWorld,
): Effect {
  const stewards = rules.stewards.length > 0;
  switch (difference.kind) {
    case 'column-pii':
      return stewards
        ? { effect: 'No data steward decides about it any more', danger: true }
        : { effect: 'It counts as personal data no more', danger: true };
    case 'table':
      return tableEffect(
        holdersOf(current).get(difference.table ?? ''),
        current,
      );
    case 'column':
      return {
        effect:
          difference.after === undefined
            ? 'Where the table has it still, it is protected less'
            : 'It can be asked for with less protection than its table',
      };
    case 'never-shared': {
      const name = (difference.words.match(/`([^`]*)`/) ?? [])[1] ?? '';
      return {
        effect:
          stewards && isPersonal(current, name)
            ? 'The owner and a data steward would decide about it'
            : 'The owner would decide about it',
      };
    }
    case 'classification':
      return rules.autoApprove.publicData && current.classification === 'public'
        ? { effect: 'Requests are approved by rule', danger: true }
        : {
            effect: 'All that has no class of its own counts as less sensitive',
          };
    case 'duration':
      return {
        effect: `The organization allows ${rules.maxDurationDays} days. Running access keeps its end`,
      };
    case 'owner':
      return difference.id === 'owner'
        ? {
            effect: `${nameOf(
              current.ownerRef,
            )} decides about requests and access in its place`,
            danger: true,
          }
        : { effect: 'Other people may stand behind the same name' };
    case 'approvers':
      return { effect: 'Other people decide about requests', danger: true };
    case 'domain':
      return {
        effect: `Fallback decisions go to the owner of ${nameOf(
          current.domainRef,
        )}`,
      };
    case 'location':
      return { effect: 'Requests reach other tables' };
    case 'tags':
    case 'column-tags':
      return { effect: 'Those who have access by tags may come in' };
    case 'holder':
      return {
        effect: 'The domain that answers for the tables has not accepted it',
      };
    default:
      return {};
  }
}

function tableEffect(holder: string | undefined, current: PortFacts): Effect {
  if (holder === undefined || holder === NOBODY) {
    return { effect: 'No domain answers for its place', danger: true };
  }
  return holder === current.domainRef
    ? { effect: 'All of it can be asked for' }
    : {
        effect: `The table is in a place of ${nameOf(holder)}`,
        danger: true,
      };
}
