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
import { Access, isNoAccess, lackingAccess } from '../lake/access';
import { isAllColumns, isNoColumns } from '../lake/columns';
import { ResourceAccess } from '../lake/grant';
import {
  holdingsOf,
  AccessByResource,
  accessOn,
  writeHeld,
  readHeld,
} from '../lake/held';
import { granteeKey } from '../lake/keys';
import { revokeEntries, wantEntry } from '../lake/wire';
import { accessInWords } from '../lake/words';
import {
  GrantCall,
  catalogOf,
  permissionsCall,
  readGrantCall,
} from './GrantCall';
import { GrantReader } from './GrantReader';
import { KnownCreators } from './KnownCreators';
import { KnownShares } from './KnownShares';
import { PermissionWriter } from './PermissionWriter';
import { StepKind, UndoContext } from './StepKind';
import { isOnLinks } from './describeLink';
import { GrantInForce, baselineOf, remainderOf } from './remainder';

/** Grants permissions to one grantee, in one or many resources. */
export class GrantPermissionsStep implements StepKind {
  readonly #writer: Pick<PermissionWriter, 'grant' | 'revoke'>;
  readonly #grants: Pick<GrantReader, 'read'>;
  readonly #shares: KnownShares;
  readonly #creators: KnownCreators;

  constructor(options: {
    writer: Pick<PermissionWriter, 'grant' | 'revoke'>;
    grants: Pick<GrantReader, 'read'>;
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
    const resources = grant.wants.map(({ resource }) => resource);
    const listed = await this.#grants.read(
      { ...grant, resources, grantee: grant },
      signal,
    );
    this.#shares.note(grant.region, grant, resources, listed);
    if (isOnLinks(step)) this.#creators.note(grant.region, resources, listed);
    const held = holdingsOf(grant, listed);
    return { state: stateOf(grant.wants, held), held: writeHeld(held) };
  }

  baseline(
    step: PlanStep,
    observation: StepObservation,
    others: LiveStep[],
  ): JsonObject {
    return writeHeld(
      baselineOf(
        readGrantCall(step).wants,
        readHeld(observation.held),
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
    const held = readHeld(observation.held);
    const entries = grant.wants
      .map(({ resource, access }) => ({
        resource,
        access: accessToGrant(access, accessOn(held, resource)),
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
function accessToGrant(wanted: Access, held: Access): Access {
  const lacking = lackingAccess(wanted, held);
  return isNoColumns(lacking.select) || !isAllColumns(wanted.select)
    ? lacking
    : { ...lacking, select: wanted.select };
}

function stateOf(
  wants: ResourceAccess[],
  held: AccessByResource,
): StepObservation['state'] {
  const lacking = wants.map(({ resource, access }) =>
    lackingAccess(access, accessOn(held, resource)),
  );
  if (lacking.every(isNoAccess)) return 'present';
  return lacking.every(
    (access, index) =>
      JSON.stringify(access) === JSON.stringify(wants[index].access),
  )
    ? 'absent'
    : 'partial';
}

/** Another step, where it grants to the same grantee in the same resource. */
function inForce(step: PlanStep, other: LiveStep): GrantInForce[] {
  if (other.step.kind !== step.kind) return [];
  const own = readGrantCall(step);
  const grant = readGrantCall(other.step);
  return granteeKey(grant) === granteeKey(own) && grant.region === own.region
    ? [{ wants: grant.wants, baseline: readHeld(other.baseline) }]
    : [];
}

function remainder(
  step: PlanStep,
  { wants }: GrantCall,
  { observation, baseline, others }: UndoContext,
) {
  return remainderOf(
    { wants, baseline: readHeld(baseline) },
    readHeld(observation.held),
    others.flatMap(other => inForce(step, other)),
  );
}

function revocation(
  grant: GrantCall,
  removes: ResourceAccess[],
): RevocationEffect {
  const entries = removes.map(want => revokeEntries(grant, want));
  return {
    words: accessInWords(removes),
    call: permissionsCall('Revoke', grant.catalogAccountId, [
      ...entries.flatMap(({ first }) => first),
      ...entries.flatMap(({ then }) => then),
    ]),
  };
}
