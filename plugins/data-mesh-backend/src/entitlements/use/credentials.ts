import type { Knex } from 'knex';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  NewCredentials,
  TemporaryCredentials,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  AccessInForce,
  Provisioner,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { EntitlementDeps } from '../EntitlementDeps';
import type { Caller } from '../../identity/Caller';
import {
  callProvisioner,
  ProvisionerFailure,
} from '../../provisioners/ProvisionerFailure';
import type { StepRow } from '../../store/tables';
import { accessInForce } from './accessInForce';
import { phaseInWords, whyNotPossible } from '../guard/entitlementActions';
import { changeOf, progressOf } from '../../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../../store/tables';
import { stayingSteps } from '../../store/steps/steps';
import {
  readableEntitlement,
  requireActor,
  requireState,
} from '../guard/entitlementGuard';

const DEFAULT_SECONDS = 3600;
/** Credentials of systems do not live shorter. */
const SHORTEST_SECONDS = 900;
const VEND_MS = 30_000;

/** Tables that credentials can be had for, or why there are none. */
export type Vendable = { tables: string[] } | { reason: string };

/**
 * Whether its port is published still is not asked: live access goes on, and
 * who wants it to end revokes it. What is not published cannot be asked for.
 *
 * For whomever; whether the caller may have them is another question.
 */
export function vendableOf(
  deps: EntitlementDeps,
  row: EntitlementRow,
  steps: readonly StepRow[],
): Vendable {
  const vendor = deps.provisioners.find(row.port_type)?.credentials;
  if (!vendor) {
    return { reason: `Ports of type '${row.port_type}' give out none` };
  }
  const now = deps.clock().toISOString();
  if (whyNotPossible(progressOf(row), 'vend') !== undefined) {
    return {
      reason: `The access is ${phaseInWords(
        progressOf(row),
      )}; credentials are given while it is active`,
    };
  }
  if (row.expires_at !== null && row.expires_at <= now) {
    return { reason: `The access has ended at ${row.expires_at}` };
  }
  const access = accessInForce(row, steps);
  const before = vendor.vendable(access);
  const change = changeOf(row);
  if ('reason' in before || !change) return before;
  // While it changes, only what both the old and the new scope give.
  const after = vendor.vendable({ ...access, scope: change.scope });
  if ('reason' in after) return after;
  const tables = before.tables.filter(table => after.tables.includes(table));
  return tables.length > 0
    ? { tables }
    : { reason: 'The access is being changed; try again when that is done' };
}

/**
 * @throws NotFoundError
 * @throws NotAllowedError where the caller is none of its consumers, or the
 *   access is restricted
 * @throws InputError where no such table can be had credentials for
 * @throws ConflictError where it is not active, or ends too soon
 * @throws ServiceUnavailableError where the system does not answer
 */
export async function vendCredentials(
  deps: EntitlementDeps,
  caller: Caller,
  id: string,
  wanted: NewCredentials,
): Promise<TemporaryCredentials> {
  const row = await readableEntitlement(deps, caller, id);
  await requireActor(deps, caller, row, 'vend');
  requireState(row, 'vend');
  const steps = await stayingSteps(deps.knex, id);
  const durationSeconds = durationOf(deps, row, wanted);
  const vendable = vendableOf(deps, row, steps);
  if ('reason' in vendable) throw new NotAllowedError(vendable.reason);
  if (!vendable.tables.includes(wanted.table)) {
    throw new InputError(
      `table: '${
        wanted.table
      }' is none that the access gives credentials for; there are ${vendable.tables
        .map(table => `'${table}'`)
        .join(', ')}`,
    );
  }
  const credentials = await askForCredentials(
    deps,
    row,
    accessInForce(row, steps),
    {
      table: wanted.table,
      durationSeconds,
    },
  );
  await deps.knex.transaction(async tx => {
    await requireStillActive(deps, tx, row, wanted.table);
    await deps.audit.append(tx, {
      actorRef: caller.userRef,
      action: 'credentials.vended',
      subject: `entitlement:${id}`,
      // Never the secret. The key id is what the system's own log names.
      after: {
        table: wanted.table,
        principal: row.principal,
        accessKeyId: credentials.accessKeyId,
        expiration: credentials.expiration,
        durationSeconds,
      },
      correlationId: row.request_id,
    });
  });
  return credentials;
}

/** Never beyond the end of the access. */
function durationOf(
  deps: EntitlementDeps,
  row: EntitlementRow,
  wanted: NewCredentials,
): number {
  const left = row.expires_at
    ? Math.floor((Date.parse(row.expires_at) - deps.clock().getTime()) / 1000)
    : Infinity;
  if (left < SHORTEST_SECONDS) {
    throw new ConflictError(
      `The access ends at ${row.expires_at}; credentials live at least ${
        SHORTEST_SECONDS / 60
      } minutes, and would outlive it`,
    );
  }
  return Math.min(wanted.durationSeconds ?? DEFAULT_SECONDS, left);
}

async function askForCredentials(
  deps: EntitlementDeps,
  row: EntitlementRow,
  access: AccessInForce,
  wanted: { table: string; durationSeconds: number },
): Promise<TemporaryCredentials> {
  const provisioner = deps.provisioners.find(row.port_type);
  const vendor = provisioner?.credentials;
  if (!provisioner || !vendor) {
    throw new NotAllowedError(
      `Ports of type '${row.port_type}' give out no credentials`,
    );
  }
  const credentials = await asked(provisioner, () =>
    vendor.vend(access, wanted, { signal: AbortSignal.timeout(VEND_MS) }),
  );
  const end = row.expires_at && Date.parse(row.expires_at);
  if (end && Date.parse(credentials.expiration) > end) {
    throw new ConflictError(
      `${provisioner.title} gave credentials until ${credentials.expiration}, beyond ${row.expires_at}, when the access ends; they were thrown away`,
    );
  }
  return credentials;
}

/** The access may have begun to end while the system was asked. */
async function requireStillActive(
  deps: EntitlementDeps,
  tx: Knex.Transaction,
  { id }: EntitlementRow,
  table: string,
): Promise<void> {
  const row = await tx<EntitlementRow>('entitlements').where({ id }).first();
  const steps = await stayingSteps(tx, id);
  const vendable = row && vendableOf(deps, row, steps);
  if (!vendable || 'reason' in vendable || !vendable.tables.includes(table)) {
    throw new ConflictError(
      `Entitlement ${id} has changed at this moment; look at it again`,
    );
  }
}

/** What the system answers, as an error for who asked. */
async function asked<T>(
  provisioner: Provisioner,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await callProvisioner(provisioner, call);
  } catch (error) {
    if (!(error instanceof ProvisionerFailure)) throw error;
    const { code, message, advice, kind } = error.details;
    if (
      error.cause instanceof Error &&
      error.cause.name === 'NotAllowedError'
    ) {
      throw error.cause;
    }
    const words = `${
      provisioner.title
    } gave no credentials: ${code}: ${message}${advice ? ` (${advice})` : ''}`;
    throw kind === 'permanent'
      ? new ConflictError(words)
      : new ServiceUnavailableError(words);
  }
}
