import { InputError } from '@backstage/errors';
import type {
  PlanStep,
  TagFinding,
  TaggedTable,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  ResourceTagger,
  TagPlan,
  TaggedProduct,
} from '@lakemesh/backstage-plugin-data-mesh-node';

/** Annotation on a domain: the values of its one tag, `class`. */
export const FAKE_TAGS = 'fake.test/class';

const KEY = 'class';

/**
 * Tags of the fake system: one for each table, which is the classification of
 * the product. Only for domains that say which values there are.
 */
export class FakeTagger implements ResourceTagger {
  /** By `DATABASE.TABLE`. */
  readonly tags = new Map<string, string>();
  /** Words of all steps that were carried out. */
  readonly applied: string[] = [];
  readonly #call: <T>(
    signal: AbortSignal | undefined,
    effect: () => Promise<T>,
  ) => Promise<T>;

  constructor(
    call: <T>(
      signal: AbortSignal | undefined,
      effect: () => Promise<T>,
    ) => Promise<T>,
  ) {
    this.#call = call;
  }

  async plan(product: TaggedProduct): Promise<TagPlan> {
    const values = product.domainAnnotations?.[FAKE_TAGS]?.split(',');
    if (!values) {
      return { keys: [], ontology: [], tables: [], findings: [], steps: [] };
    }
    const { classification: wanted, productRef } = product;
    if (wanted && !values.includes(wanted)) {
      throw new InputError(
        `The classification of ${productRef} is '${wanted}', expected one of ${values.join(
          ', ',
        )}`,
      );
    }
    const tables: TaggedTable[] = [];
    const findings: TagFinding[] = [];
    const steps: PlanStep[] = [];
    for (const { name: port, location, tables: declared } of product.ports) {
      for (const { name } of declared) {
        const database = String(location.database);
        const place = `${database}.${name}`;
        const found = this.tags.get(place);
        const where = {
          accountId: '000000000000',
          region: 'nowhere',
          database,
          table: name,
        };
        const tag = {
          key: KEY,
          ...(wanted && { wanted }),
          ...(found && { found }),
        };
        const kind = found === undefined ? 'missing' : 'different';
        tables.push({
          port,
          ...where,
          tags: [
            {
              ...tag,
              state: found === wanted ? 'same' : kind,
              ...(found && { foundAt: 'table' }),
            },
          ],
          columns: [],
        });
        if (found === wanted) continue;
        findings.push({
          kind,
          words: { text: `\`${place}\` is not tagged \`${wanted}\`` },
          ...where,
          ...tag,
        });
        const call = (value: string | undefined): PlanStep['call'] => ({
          service: 'Fake',
          operation: 'Tag',
          input: { place, value: value ?? null },
        });
        steps.push({
          id: `fakeTag:${place}:${wanted}`,
          kind: 'fakeTag',
          words: { text: `Tag \`${place}\` with \`${wanted}\`` },
          call: call(wanted),
          undo: {
            words: { text: `Tag \`${place}\` as before` },
            call: call(found),
          },
          // The tables in their order: each waits for the one before.
          needs: steps.slice(-1).map(({ id }) => id),
          locks: [`fake:tags:${place}`],
        });
      }
    }
    return {
      keys: [KEY],
      ontology: [
        { key: KEY, values, from: 'classification', declaredIn: 'domain' },
      ],
      tables,
      findings,
      steps,
    };
  }

  apply(step: PlanStep, options?: { signal?: AbortSignal }): Promise<void> {
    return this.#call(options?.signal, async () => {
      this.applied.push(step.words.text);
      this.#set(step.call);
    });
  }

  undo(step: PlanStep, options?: { signal?: AbortSignal }): Promise<void> {
    return this.#call(options?.signal, async () => {
      if (step.undo) this.#set(step.undo.call);
    });
  }

  #set({ input }: PlanStep['call']): void {
    const { place, value } = input;
    if (typeof value === 'string') this.tags.set(String(place), value);
    else this.tags.delete(String(place));
  }
}
