import {
  principalInWords,
  namesInWords,
  type ObservedGrant,
  type PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { StepJudgement } from '@lakemesh/backstage-plugin-data-mesh-node';
import {
  ColumnSet,
  NO_COLUMNS,
  isAllColumns,
  isNoColumns,
  subtractColumns,
  uniteColumns,
} from '../model/ColumnSet';
import { ObservedResource } from '../model/observedResource';
import { groupOf } from './grantKeys';
import { WantedGrant, wantedGrants } from './wantedGrants';

/** What is held on one resource: SELECT by columns, all else as a whole. */
interface Holding {
  permissions: Set<string>;
  select: ColumnSet;
}

/** Missing things told one by one before they are counted. */
const TOLD = 3;

const isTable = ({ kind }: ObservedResource) =>
  kind === 'table' || kind === 'columns';

const isNothing = ({ permissions, select }: Holding) =>
  permissions.size === 0 && isNoColumns(select);

const isSame = (a: Holding, b: Holding) =>
  a.permissions.size === b.permissions.size &&
  JSON.stringify(a.select) === JSON.stringify(b.select);

/** How much of a step is among the grants of its groups. Pure. */
export function judgeStep(
  step: PlanStep,
  grants: ObservedGrant[],
): StepJudgement {
  const wants = wantedGrants(step);
  if (wants.length === 0) return { state: 'unseen' };
  if (wants.some(want => want.isRevoked)) return judgeRevoked(wants, grants);
  const byGroup = new Map<string, ObservedGrant[]>();
  for (const grant of grants) {
    const group = groupOf(grant.principal.id, grant.resource);
    byGroup.set(group, [...(byGroup.get(group) ?? []), grant]);
  }
  const judged = wants.map(want =>
    lackOf(
      want,
      (byGroup.get(want.group) ?? []).filter(
        one => one.condition === want.condition,
      ),
    ),
  );
  if (judged.every(one => one.lacks === undefined)) return { state: 'present' };
  const isNothingThere = judged.every(one => one.isAbsent);
  if (isNothingThere && wants.some(want => want.mayBeUnlisted)) {
    return { state: 'unseen' };
  }
  const lacks = judged.flatMap(one => one.lacks ?? []);
  const more = lacks.length - TOLD;
  return {
    state: isNothingThere ? 'absent' : 'partial',
    words: `Not held: ${lacks.slice(0, TOLD).join('; ')}${
      more > 0 ? `; and ${more} more` : ''
    }`,
  };
}

/** A step that takes something away is undone where it is held again. */
function judgeRevoked(
  wants: WantedGrant[],
  grants: ObservedGrant[],
): StepJudgement {
  const back = wants.flatMap(want => {
    const held = grants.filter(
      grant =>
        groupOf(grant.principal.id, grant.resource) === want.group &&
        grant.permissions.some(
          one =>
            one === 'ALL' ||
            want.permissions.includes('ALL') ||
            want.permissions.includes(one),
        ),
    );
    return held.length > 0 ? [{ want, held }] : [];
  });
  const [first] = back;
  if (!first) return { state: 'present' };
  const [grant] = first.held;
  const more = back.length - 1;
  return {
    state: back.length === wants.length ? 'absent' : 'partial',
    words: `Held again: ${grant.permissions.join(', ')} on \`${
      grant.resource.words
    }\` by ${principalInWords(grant.principal)}${
      more > 0 ? `; and ${more} more` : ''
    }`,
  };
}

function lackOf(
  want: WantedGrant,
  grants: ObservedGrant[],
): { isAbsent: boolean; lacks?: string } {
  const wanted = holdingOf(want.resource, want.permissions);
  const held = heldOf(grants, grant => grant.permissions);
  const lacking = subtract(wanted, held);
  const lackingOption = subtract(
    holdingOf(want.resource, want.grantable),
    heldOf(grants, grant => grant.grantable),
  );
  if (isNothing(lacking) && isNothing(lackingOption)) {
    return { isAbsent: false };
  }
  const lacks = [
    ...(isNothing(lacking) ? [] : [inWords(lacking, want.resource)]),
    ...(isNothing(lackingOption)
      ? []
      : [`the grant option of ${inWords(lackingOption, want.resource)}`]),
  ].join(', ');
  return { isAbsent: isSame(lacking, wanted), lacks };
}

function holdingOf(
  resource: ObservedResource,
  permissions: readonly string[],
): Holding {
  if (!isTable(resource)) {
    return { permissions: new Set(permissions), select: NO_COLUMNS };
  }
  return {
    permissions: new Set(permissions.filter(one => one !== 'SELECT')),
    select: permissions.includes('SELECT') ? columnsOf(resource) : NO_COLUMNS,
  };
}

function columnsOf({ columns, excludedColumns }: ObservedResource): ColumnSet {
  return columns ? { only: columns } : { except: excludedColumns ?? [] };
}

function heldOf(
  grants: ObservedGrant[],
  permissionsOf: (grant: ObservedGrant) => string[],
): Holding {
  const held: Holding = { permissions: new Set(), select: NO_COLUMNS };
  for (const grant of grants) {
    const one = holdingOf(grant.resource, permissionsOf(grant));
    for (const permission of one.permissions) held.permissions.add(permission);
    held.select = uniteColumns(held.select, one.select);
  }
  return held;
}

/** ALL, which AWS writes "Super", counts as all that it contains. */
function subtract(wanted: Holding, held: Holding): Holding {
  if (held.permissions.has('ALL')) {
    return { permissions: new Set(), select: NO_COLUMNS };
  }
  return {
    permissions: new Set(
      [...wanted.permissions].filter(one => !held.permissions.has(one)),
    ),
    select: subtractColumns(wanted.select, held.select),
  };
}

function inWords(holding: Holding, resource: ObservedResource): string {
  const { database, table } = resource;
  const name = isTable(resource) ? `${database}.${table}` : resource.words;
  const whole = [
    ...(isAllColumns(holding.select) ? ['SELECT'] : []),
    ...[...holding.permissions].sort(),
  ];
  const parts = whole.length > 0 ? [`${whole.join(', ')} on \`${name}\``] : [];
  if (!isNoColumns(holding.select) && !isAllColumns(holding.select)) {
    const { select } = holding;
    parts.push(
      'only' in select
        ? `SELECT on ${namesInWords(select.only)} of \`${name}\``
        : `SELECT on all columns but ${namesInWords(
            select.except,
          )} of \`${name}\``,
    );
  }
  return parts.join(', ');
}
