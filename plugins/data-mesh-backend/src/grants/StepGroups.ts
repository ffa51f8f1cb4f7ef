import type { Knex } from 'knex';
import { liveEntitlementStates } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { GrantScanner } from '@lakemesh/backstage-plugin-data-mesh-node';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { baselineOf, planStepOf } from '../store/StepRow';
import type { StepRow } from '../store/tables';
import type { BackingStep } from './explainObserved';

interface StepGroupRow {
  step_id: string;
  target_id: string;
  group_key: string;
}

type IndexedStep = Pick<StepRow, 'id' | 'step'> & { port_type: string };

const AT_ONCE = 200;

/** Stands for a step that shows in no grant. */
const NOWHERE = '';

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
    await this.#addNew(query => query);
  }

  /** Takes over what has become of the steps of one entitlement. */
  async syncEntitlement(id: string): Promise<void> {
    await this.#check(id);
    await this.#addNew(query => query.where('e.id', id));
  }

  /** Groups of a target in which an entitlement shows. */
  async groupsOf(
    entitlementId: string,
  ): Promise<Array<{ targetId: string; group: string }>> {
    const rows: StepGroupRow[] = await this.#knex('step_groups as g')
      .join('entitlement_steps as s', 's.id', 'g.step_id')
      .where('s.entitlement_id', entitlementId)
      .whereNot('g.group_key', NOWHERE)
      .distinct('g.target_id', 'g.group_key');
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
    const found = new Map<string, BackingStep[]>();
    const wanted = [...new Set(groups)];
    for (let start = 0; start < wanted.length; start += AT_ONCE) {
      const rows: Array<
        Pick<StepRow, 'step' | 'baseline' | 'state'> & {
          group_key: string;
          entitlement_id: string;
          product_ref: string;
          expires_at: string | null;
          entitlement_state: string;
        }
      > = await connection('step_groups as g')
        .join('entitlement_steps as s', 's.id', 'g.step_id')
        .join('entitlements as e', 'e.id', 's.entitlement_id')
        .where('g.target_id', targetId)
        .whereIn('g.group_key', wanted.slice(start, start + AT_ONCE))
        .whereNotNull('s.baseline')
        .where(query =>
          query
            .whereNotIn('s.state', ['undone', 'skipped'])
            .orWhere('s.finished_at', '>=', since),
        )
        .orderBy('s.id')
        .select(
          'g.group_key',
          's.step',
          's.baseline',
          's.state',
          'e.id as entitlement_id',
          'e.product_ref',
          'e.expires_at',
          'e.state as entitlement_state',
        );
      for (const row of rows) {
        const list = found.get(row.group_key) ?? [];
        list.push({
          entitlementId: row.entitlement_id,
          productRef: row.product_ref,
          expiresAt: row.expires_at,
          live: { step: planStepOf(row), baseline: baselineOf(row) ?? {} },
          isResidue:
            ['revoked', 'expired'].includes(row.entitlement_state) &&
            !['undone', 'skipped'].includes(row.state),
        });
        found.set(row.group_key, list);
      }
    }
    return found;
  }

  async #addNew(
    narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
  ): Promise<void> {
    for (;;) {
      const steps: IndexedStep[] = await narrow(
        this.#knex('entitlement_steps as s')
          .join('entitlements as e', 'e.id', 's.entitlement_id')
          .leftJoin('step_groups as g', 'g.step_id', 's.id')
          .whereNull('g.step_id')
          .whereIn('e.state', [...liveEntitlementStates])
          .whereIn('e.port_type', this.#portTypes()),
      )
        .orderBy('s.id')
        .limit(AT_ONCE)
        .select('s.id', 's.step', 'e.port_type');
      const rows = steps.flatMap(step => this.#rowsOf(step));
      await this.#insert(rows);
      if (steps.length < AT_ONCE) return;
    }
  }

  async #check(entitlementId?: string): Promise<void> {
    let after = '';
    for (;;) {
      const steps: IndexedStep[] = await this.#knex('entitlement_steps as s')
        .join('entitlements as e', 'e.id', 's.entitlement_id')
        .whereIn('e.port_type', this.#portTypes())
        .where('s.id', '>', after)
        .modify(query => {
          if (entitlementId) query.where('e.id', entitlementId);
        })
        .orderBy('s.id')
        .limit(AT_ONCE)
        .select('s.id', 's.step', 'e.port_type');
      if (steps.length === 0) return;
      after = steps[steps.length - 1].id;
      const stored: StepGroupRow[] = await this.#knex<StepGroupRow>(
        'step_groups',
      ).whereIn(
        'step_id',
        steps.map(step => step.id),
      );
      for (const step of steps) {
        const known = stored.filter(row => row.step_id === step.id);
        const rows = this.#rowsOf(step);
        if (known.length > 0 && !isSame(known, rows)) {
          await this.#knex('step_groups').where({ step_id: step.id }).delete();
          await this.#insert(rows);
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

  async #insert(rows: StepGroupRow[]): Promise<void> {
    for (let start = 0; start < rows.length; start += AT_ONCE) {
      await this.#knex<StepGroupRow>('step_groups')
        .insert(rows.slice(start, start + AT_ONCE))
        .onConflict(['step_id', 'group_key'])
        .ignore();
    }
  }
}

function isSame(a: readonly StepGroupRow[], b: readonly StepGroupRow[]) {
  const keys = (rows: readonly StepGroupRow[]) =>
    rows
      .map(row => JSON.stringify([row.target_id, row.group_key]))
      .sort()
      .join();
  return keys(a) === keys(b);
}
