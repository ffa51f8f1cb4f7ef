import type {
  PlanStep,
  RevocationEffect,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  LiveStep,
  StepObservation,
  UndoPlan,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { JsonObject } from '@backstage/types';
import { isAllColumns, isNoColumns } from '../model/ColumnSet';
import { GrantWant, granteeKey } from '../model/GrantWant';
import { TableAccess, isNoAccess, lackingAccess } from '../model/TableAccess';
import { accessInWords } from '../planning/accessWords';
import {
  GrantCall,
  catalogOf,
  permissionsCall,
  readGrantCall,
} from './GrantCall';
import { GrantReader, holdingsOf } from './GrantReader';
import { AccessByPlace, accessOn, readAccess, writeAccess } from './HeldAccess';
import { KnownCreators } from './KnownCreators';
import { KnownShares } from './KnownShares';
import { PermissionWriter } from './PermissionWriter';
import { StepKind, UndoContext } from './StepKind';
import { isOnLinks } from './describeLink';
import { revokeEntries, wantEntry } from './permissionEntries';
import { GrantInForce, baselineOf, remainderOf } from './remainder';

/** Grants permissions to one grantee, in one or many places. */
export class GrantPermissionsStep implements StepKind {
  readonly #writer: PermissionWriter;
  readonly #grants: GrantReader;
  readonly #shares: KnownShares;
  readonly #creators: KnownCreators;

  constructor(options: {
    writer: PermissionWriter;
    grants: GrantReader;
    shares: KnownShares;
    creators: KnownCreators;
  }) {
    this.#writer = options.writer;
    this.#grants = options.grants;
    this.#shares = options.shares;
    this.#creators = options.creators;
  }

  async observe(
    step: PlanStep,
    signal?: AbortSignal,
  ): Promise<StepObservation> {
    const grant = readGrantCall(step);
    const places = grant.wants.map(({ place }) => place);
    const listed = await this.#grants.read(
      { ...grant, places, grantee: grant },
      signal,
    );
    this.#shares.note(grant.region, grant, places, listed);
    if (isOnLinks(step)) this.#creators.note(grant.region, places, listed);
    const held = holdingsOf(grant, listed);
    return { state: stateOf(grant.wants, held), held: writeAccess(held) };
  }

  baseline(
    step: PlanStep,
    observation: StepObservation,
    others: LiveStep[],
  ): JsonObject {
    return writeAccess(
      baselineOf(
        readGrantCall(step).wants,
        readAccess(observation.held),
        others.flatMap(other => inForce(step, other)),
      ),
    );
  }

  async apply(
    step: PlanStep,
    observation: StepObservation,
    signal?: AbortSignal,
  ): Promise<void> {
    const grant = readGrantCall(step);
    const held = readAccess(observation.held);
    const entries = grant.wants
      .map(({ place, access }) => ({
        place,
        access: accessToGrant(access, accessOn(held, place)),
      }))
      .filter(({ access }) => !isNoAccess(access))
      .map(want => wantEntry(grant, want));
    await this.#writer.grant({ ...catalogOf(grant), entries, signal });
  }

  planUndo(step: PlanStep, context: UndoContext): UndoPlan {
    const grant = readGrantCall(step);
    const { removes, keeps } = remainder(step, grant, context);
    const reasons = new Set(keeps.map(kept => kept.because));
    return {
      removes: removes.length > 0 ? [revocation(grant, removes)] : [],
      keeps: [...reasons].map(because => ({
        words: accessInWords(
          keeps
            .filter(kept => kept.because === because)
            .map(({ want }) => want),
        ),
        because,
      })),
    };
  }

  async undo(
    step: PlanStep,
    context: UndoContext & { signal?: AbortSignal },
  ): Promise<void> {
    const grant = readGrantCall(step);
    const { removes } = remainder(step, grant, context);
    if (removes.length === 0) return;
    const entries = removes.map(want => revokeEntries(grant, want));
    const { signal } = context;
    // What is on whole tables first: beside it SELECT cannot be narrowed.
    for (const part of [
      entries.flatMap(({ first }) => first),
      entries.flatMap(({ then }) => then),
    ]) {
      await this.#writer.revoke({
        ...catalogOf(grant),
        entries: part,
        signal,
      });
    }
  }
}

/**
 * What is lacking, except that all columns are granted as such, never as all
 * but those held: the column lists that Lake Formation merges stay simple. What
 * is held but may not be passed on is granted again with the option.
 */
function accessToGrant(wanted: TableAccess, held: TableAccess): TableAccess {
  const lacking = lackingAccess(wanted, held);
  return isNoColumns(lacking.select) || !isAllColumns(wanted.select)
    ? lacking
    : { ...lacking, select: wanted.select };
}

function stateOf(
  wants: GrantWant[],
  held: AccessByPlace,
): StepObservation['state'] {
  const lacking = wants.map(({ place, access }) =>
    lackingAccess(access, accessOn(held, place)),
  );
  if (lacking.every(isNoAccess)) return 'present';
  return lacking.every(
    (access, index) =>
      JSON.stringify(access) === JSON.stringify(wants[index].access),
  )
    ? 'absent'
    : 'partial';
}

/** Another step, where it grants to the same grantee in the same place. */
function inForce(step: PlanStep, other: LiveStep): GrantInForce[] {
  if (other.step.kind !== step.kind) return [];
  const own = readGrantCall(step);
  const grant = readGrantCall(other.step);
  return granteeKey(grant) === granteeKey(own) && grant.region === own.region
    ? [{ wants: grant.wants, baseline: readAccess(other.baseline) }]
    : [];
}

function remainder(
  step: PlanStep,
  { wants }: GrantCall,
  { observation, baseline, others }: UndoContext,
) {
  return remainderOf(
    { wants, baseline: readAccess(baseline) },
    readAccess(observation.held),
    others.flatMap(other => inForce(step, other)),
  );
}

function revocation(grant: GrantCall, removes: GrantWant[]): RevocationEffect {
  const entries = removes.map(want => revokeEntries(grant, want));
  return {
    words: accessInWords(removes),
    call: permissionsCall('Revoke', grant.catalogAccountId, [
      ...entries.flatMap(({ first }) => first),
      ...entries.flatMap(({ then }) => then),
    ]),
  };
}
