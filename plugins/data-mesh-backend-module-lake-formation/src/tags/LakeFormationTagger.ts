import { GetLFTagCommand } from '@aws-sdk/client-lakeformation';
import { InputError } from '@backstage/errors';
import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  ResourceTagger,
  TagFinding,
  TagPlan,
  TaggedProduct,
  TaggedTable,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { AwsClients } from '../aws/AwsClients';
import { mapLimited } from '../aws/mapLimited';
import { TagReader } from '../effective/TagReader';
import {
  PORT_TYPE,
  DefaultRegion,
  glueName,
  readPortLocation,
} from '../lake/PortLocation';
import { isNamed } from '../readiness/checks';
import { callTags } from './TagCalls';
import type { TagSubject } from './TagSubject';
import { definitionsOf, ontologyOf } from './domainOntology';
import { planKeys } from './planKeys';
import { planTableTags } from './planTags';
import { TagOntology } from './tagOntology';
import { tableStanding } from './tagStanding';
import { wantedTags } from './wantedTags';

/** Tables whose tags are read at the same time. */
const TABLES_AT_ONCE = 4;

/**
 * Brings LF-Tags of tables and columns to what their product says. Of the tags
 * of others, those whose keys are not in the ontology, nothing is touched.
 */
export class LakeFormationTagger implements ResourceTagger {
  readonly #clients: AwsClients;
  readonly #tags: TagReader;
  readonly #ontology: TagOntology;
  readonly #regionOf: DefaultRegion;

  constructor(options: {
    clients: AwsClients;
    ontology: TagOntology;
    regionOf: DefaultRegion;
  }) {
    this.#clients = options.clients;
    this.#tags = new TagReader(options.clients);
    this.#ontology = options.ontology;
    this.#regionOf = options.regionOf;
  }

  async plan(
    product: TaggedProduct,
    options: { signal?: AbortSignal } = {},
  ): Promise<TagPlan> {
    const { signal } = options;
    const ontology = ontologyOf(product, this.#ontology);
    const findings: TagFinding[] = [];
    const tables: TaggedTable[] = [];
    const keys = new Map<string, PlanStep[]>();
    const steps: PlanStep[] = [];
    const named = ontology.map(({ key }) => key).sort();
    const definitions = definitionsOf(ontology, this.#ontology);
    if (named.length === 0) {
      return { keys: named, ontology: definitions, tables, findings, steps };
    }
    for (const port of product.ports) {
      if (port.type !== PORT_TYPE) continue;
      const location = readPortLocation(port, this.#regionOf);
      const { accountId, region } = location;
      const place = `${accountId}/${region}`;
      if (!keys.has(place)) {
        keys.set(
          place,
          planKeys(
            location,
            ontology,
            await this.#existing(location, ontology, signal),
          ),
        );
      }
      const needs = (keys.get(place) ?? []).map(step => step.id);
      const plans = await mapLimited(
        port.tables,
        TABLES_AT_ONCE,
        async table => {
          const subject = {
            catalogId: location.catalogId,
            region,
            database: location.database,
            table: glueName(table.name),
          };
          const { own, inherited } = await this.#tags.assigned(subject, signal);
          const tagged: TagSubject = {
            ...subject,
            accountId,
            wanted: wantedTags(product, table, ontology),
            own,
            inherited,
          };
          return {
            ...planTableTags(tagged),
            standing: {
              port: port.name,
              accountId,
              region,
              database: subject.database,
              table: subject.table,
              ...tableStanding(tagged),
            },
          };
        },
      );
      for (const plan of plans) {
        tables.push(plan.standing);
        findings.push(...plan.findings);
        steps.push(...plan.steps.map(step => ({ ...step, needs })));
      }
    }
    return {
      keys: named,
      ontology: definitions,
      tables,
      findings,
      steps: [...[...keys.values()].flat(), ...steps],
    };
  }

  async apply(
    step: PlanStep,
    options: { signal?: AbortSignal } = {},
  ): Promise<void> {
    await this.#call(step, step.call, options.signal);
  }

  async undo(
    step: PlanStep,
    options: { signal?: AbortSignal } = {},
  ): Promise<void> {
    if (!step.undo) {
      throw new InputError(`Step '${step.id}' has no inverse`);
    }
    await this.#call(step, step.undo.call, options.signal);
  }

  async #call(
    { id, accountId, region }: PlanStep,
    call: PlanStep['call'],
    signal?: AbortSignal,
  ): Promise<void> {
    if (!accountId || !region) {
      throw new InputError(
        `Step '${id}' names no account and region; expected both`,
      );
    }
    const { lakeFormation } = await this.#clients.get(accountId, region);
    await callTags(lakeFormation, call, signal);
  }

  async #existing(
    { accountId, region }: { accountId: string; region: string },
    ontology: TagOntology,
    signal?: AbortSignal,
  ): Promise<Map<string, Set<string>>> {
    const { lakeFormation } = await this.#clients.get(accountId, region);
    const found = new Map<string, Set<string>>();
    for (const key of new Set(ontology.map(rule => rule.key))) {
      try {
        const { TagValues } = await lakeFormation.send(
          new GetLFTagCommand({ CatalogId: accountId, TagKey: key }),
          { abortSignal: signal },
        );
        found.set(key, new Set(TagValues));
      } catch (error) {
        if (!isNamed(error, 'EntityNotFoundException')) throw error;
      }
    }
    return found;
  }
}
