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
import { AwsClients } from '../aws/AwsClients';
import { isAllColumns, isNoColumns } from '../model/ColumnSet';
import { TableAccess, isNoAccess, lackingAccess } from '../model/TableAccess';
import { TableWant } from '../model/TableWant';
import { accessInWords } from '../planning/accessWords';
import { PermissionReader } from '../scan/PermissionReader';
import { holdingsOf } from '../scan/joinHoldings';
import { GrantCall, permissionsCall, readGrantCall } from './GrantCall';
import { AccessByTable, accessOn, readAccess, writeAccess } from './HeldAccess';
import { grantEntries, revokeEntriesOf } from './applyEntries';
import { revokeEntries, wantEntry } from './permissionEntries';
import { GrantInForce, baselineOf, remainderOf } from './remainder';

/** What ending a step is decided on. */
interface UndoContext {
  observation: StepObservation;
  baseline: JsonObject;
  others: LiveStep[];
}

/** Grants permissions on whole tables and on chosen columns. */
export class GrantPermissionsStep {
  readonly #clients: AwsClients;
  readonly #permissions: PermissionReader;

  constructor(clients: AwsClients, permissions: PermissionReader) {
    this.#clients = clients;
    this.#permissions = permissions;
  }

  async observe(
    step: PlanStep,
    signal?: AbortSignal,
  ): Promise<StepObservation> {
    const grant = readGrantCall(step);
    const [{ catalogId, database }] = grant.wants;
    const listed = await this.#permissions.read(
      {
        accountId: grant.accountId,
        region: grant.region,
        catalogId,
        database,
        tables: grant.wants.map(want => want.table),
      },
      signal,
    );
    const held = holdingsOf(grant.principalId, listed);
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
    const { accountId, region, principalId, wants } = readGrantCall(step);
    const held = readAccess(observation.held);
    const { lakeFormation: client } = await this.#clients.get(
      accountId,
      region,
    );
    const entries = wants
      .map(want => ({
        ...want,
        access: accessToGrant(want.access, accessOn(held, want.table)),
      }))
      .filter(want => !isNoAccess(want.access))
      .map(want => wantEntry(principalId, want));
    await grantEntries({ client, accountId, entries, signal });
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
    const { accountId, region, principalId } = grant;
    const { removes } = remainder(step, grant, context);
    if (removes.length === 0) return;
    const { lakeFormation: client } = await this.#clients.get(
      accountId,
      region,
    );
    const entries = removes.map(want => revokeEntries(principalId, want));
    const { signal } = context;
    // What is on whole tables first: beside it SELECT cannot be narrowed.
    for (const part of [
      entries.flatMap(({ first }) => first),
      entries.flatMap(({ then }) => then),
    ]) {
      await revokeEntriesOf({ client, accountId, entries: part, signal });
    }
  }
}

/**
 * What is lacking, except that all columns are granted as such, never as all
 * but those held: the column lists that Lake Formation merges stay simple.
 */
function accessToGrant(wanted: TableAccess, held: TableAccess): TableAccess {
  const lacking = lackingAccess(wanted, held);
  return isNoColumns(lacking.select) || !isAllColumns(wanted.select)
    ? lacking
    : { ...lacking, select: wanted.select };
}

function stateOf(
  wants: TableWant[],
  held: AccessByTable,
): StepObservation['state'] {
  const lacking = wants.map(want =>
    lackingAccess(want.access, accessOn(held, want.table)),
  );
  if (lacking.every(isNoAccess)) return 'present';
  return lacking.every(
    (access, index) =>
      JSON.stringify(access) === JSON.stringify(wants[index].access),
  )
    ? 'absent'
    : 'partial';
}

/** Another step, where it grants to the same principal in the same place. */
function inForce(step: PlanStep, other: LiveStep): GrantInForce[] {
  if (other.step.kind !== step.kind) return [];
  const own = readGrantCall(step);
  const grant = readGrantCall(other.step);
  return grant.principalId === own.principalId && grant.region === own.region
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

function revocation(
  { accountId, principalId }: GrantCall,
  removes: TableWant[],
): RevocationEffect {
  const entries = removes.map(want => revokeEntries(principalId, want));
  return {
    words: accessInWords(removes),
    call: permissionsCall('Revoke', accountId, [
      ...entries.flatMap(({ first }) => first),
      ...entries.flatMap(({ then }) => then),
    ]),
  };
}
