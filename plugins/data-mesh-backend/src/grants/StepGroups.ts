import type { Knex } from 'knex';
import type {
  GrantScanner,
  LiveStep,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { inTurns, mapInTurns } from '../turns';
import { baselineOf, planStepOf } from '../store/steps/StepRow';
import type { BackingStep } from './explainObserved';
import {
  groupsOfEntitlement,
  stepsBehindGroups,
  stepsWithoutGroups,
  insertGroups,
  stepsWithGroups,
  replaceGroups,
  type IndexedStep,
  type StepBehindGroup,
  NOWHERE,
} from '../store/steps/stepGroups';
import { holdsSomething, stepsById } from '../store/steps/steps';
import type { StepGroupRow } from '../store/tables';

/**
 * Knows which steps show in which grants, as the scanners say. Kept in the
 * database, so that a page of grants finds its steps in one query.
 */
export class StepGroups {
  readonly #knex: Knex;
  readonly #provisioners: ProvisionerRegistry;
  #isChecked = false;

  constructor(options: { knex: Knex; provisioners: ProvisionerRegistry }) {
    this.#knex = options.knex;
    this.#provisioners = options.provisioners;
  }

  /**
   * Adds the steps that are not known yet. The first time in a process all are
   * looked at again: another release of a provisioner may say otherwise.
   */
  async sync(): Promise<void> {
    if (!this.#isChecked) {
      await this.#check();
      this.#isChecked = true;
    }
    await this.#addNew();
  }

  /** Adds those of the entitlements of one product that are not known yet. */
  async addOfProduct(productRef: string): Promise<void> {
    await this.#addNew({ productRef });
  }

  /** Takes over what has become of the steps of one entitlement. */
  async syncEntitlement(id: string): Promise<void> {
    await this.#check(id);
    await this.#addNew({ entitlementId: id });
  }

  /** Groups of a target in which an entitlement shows. */
  async groupsOf(
    entitlementId: string,
  ): Promise<Array<{ targetId: string; group: string }>> {
    const rows = await groupsOfEntitlement(this.#knex, entitlementId);
    return rows.map(row => ({ targetId: row.target_id, group: row.group_key }));
  }

  /**
   * Steps that may stand behind the grants of each group: those in force, those
   * taken back since, whose grant was seen before, and those that could not be
   * taken back.
   *
   * @param since - when what is to be explained was looked at
   */
  async behind(
    connection: Knex,
    targetId: string,
    groups: readonly string[],
    since: string,
  ): Promise<Map<string, BackingStep[]>> {
    const rows = await stepsBehindGroups(
      connection,
      targetId,
      [...new Set(groups)],
      since,
    );
    const ids = [...new Set(rows.map(row => row.id))];
    const live = new Map<string, LiveStep>();
    for await (const row of stepsById(connection, ids)) {
      live.set(row.id, {
        step: planStepOf(row),
        baseline: baselineOf(row) ?? {},
      });
    }
    const backing = new Map<string, BackingStep>();
    const found = new Map<string, BackingStep[]>();
    for await (const row of inTurns(rows)) {
      const step = backing.get(row.id) ?? toBacking(row, live.get(row.id));
      if (!step) continue;
      backing.set(row.id, step);
      const list = found.get(row.group_key) ?? [];
      list.push(step);
      found.set(row.group_key, list);
    }
    return found;
  }

  async #addNew(
    which: { entitlementId?: string; productRef?: string } = {},
  ): Promise<void> {
    const portTypes = this.#portTypes();
    const unknown = stepsWithoutGroups(this.#knex, {
      ...which,
      portTypes,
    });
    for await (const steps of unknown) {
      const rows = await mapInTurns(steps, step => this.#rowsOf(step));
      await insertGroups(this.#knex, rows.flat());
    }
  }

  async #check(entitlementId?: string): Promise<void> {
    const portTypes = this.#portTypes();
    const known = stepsWithGroups(this.#knex, { portTypes, entitlementId });
    for await (const steps of known) {
      for await (const { step, groups } of inTurns(steps)) {
        const rows = this.#rowsOf(step);
        if (groups.length > 0 && !isSame(groups, rows)) {
          await replaceGroups(this.#knex, step.id, rows);
        }
      }
    }
  }

  #rowsOf({ id, step, port_type: portType }: IndexedStep): StepGroupRow[] {
    const scanner = this.#scannerOf(portType);
    if (!scanner) return [];
    const plan = planStepOf({ step });
    const target = scanner.targetOf(plan) ?? NOWHERE;
    const groups = [...new Set(scanner.keysOf(plan))];
    return (groups.length > 0 ? groups : [NOWHERE]).map(group => ({
      step_id: id,
      target_id: target,
      group_key: group,
    }));
  }

  #scannerOf(portType: string): GrantScanner | undefined {
    return this.#provisioners.find(portType)?.scanner;
  }

  #portTypes(): string[] {
    return this.#provisioners
      .list()
      .flatMap(one => (one.scanner ? [one.portType] : []));
  }
}

function toBacking(
  row: StepBehindGroup,
  live: LiveStep | undefined,
): BackingStep | undefined {
  return (
    live && {
      entitlementId: row.entitlement_id,
      productRef: row.product_ref,
      expiresAt: row.expires_at,
      live,
      isResidue:
        ['revoked', 'expired'].includes(row.entitlement_state) &&
        holdsSomething(row),
    }
  );
}

function isSame(a: readonly StepGroupRow[], b: readonly StepGroupRow[]) {
  const keys = (rows: readonly StepGroupRow[]) =>
    rows
      .map(row => JSON.stringify([row.target_id, row.group_key]))
      .sort()
      .join();
  return keys(a) === keys(b);
}
