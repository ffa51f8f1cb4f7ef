import {
  sentence,
  type PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { stepId } from '../steps/stepId';
import { inBackticks } from './inBackticks';
import { TagOntology } from './tagOntology';

/** The kind of steps that create LF-Tags or add values to them. */
export const DEFINE_TAG = 'defineTag';

/** AWS's limit of values a call. */
const VALUES_IN_A_CALL = 50;

/**
 * The keys and values of the ontology that an account lacks. Values that others
 * have added stay. Pure.
 *
 * @param existing - values by key, as far as the key is there
 */
export function planKeys(
  place: { accountId: string; region: string },
  ontology: TagOntology,
  existing: ReadonlyMap<string, ReadonlySet<string>>,
): PlanStep[] {
  const wanted = new Map<string, Set<string>>();
  for (const { key, values } of ontology) {
    const known = wanted.get(key) ?? new Set();
    values.forEach(value => known.add(value));
    wanted.set(key, known);
  }
  return [...wanted].flatMap(([key, values]) => {
    const found = existing.get(key);
    const lacking = [...values].filter(value => !found?.has(value));
    const steps: PlanStep[] = [];
    for (let from = 0; from < lacking.length; from += VALUES_IN_A_CALL) {
      const part = lacking.slice(from, from + VALUES_IN_A_CALL);
      steps.push(
        !found && from === 0
          ? createStep(place, key, part)
          : addStep(place, key, part, steps[0]?.id),
      );
    }
    return steps;
  });
}

function createStep(
  { accountId, region }: { accountId: string; region: string },
  key: string,
  values: string[],
): PlanStep {
  const call = {
    service: 'LakeFormation',
    operation: 'CreateLFTag',
    input: { CatalogId: accountId, TagKey: key, TagValues: values },
  };
  return {
    id: stepId(DEFINE_TAG, { accountId, region, call }),
    kind: DEFINE_TAG,
    words: sentence('tags.create', { key, values: inBackticks(values) }),
    accountId,
    region,
    call,
    undo: {
      words: sentence('tags.delete', { key }),
      call: {
        service: 'LakeFormation',
        operation: 'DeleteLFTag',
        input: { CatalogId: accountId, TagKey: key },
      },
    },
    needs: [],
    locks: [`lake-formation:${region}:tag:${accountId}:${key}`],
  };
}

function addStep(
  { accountId, region }: { accountId: string; region: string },
  key: string,
  values: string[],
  created: string | undefined,
): PlanStep {
  const words = { key, values: inBackticks(values) };
  const update = (member: 'TagValuesToAdd' | 'TagValuesToDelete') => ({
    service: 'LakeFormation',
    operation: 'UpdateLFTag',
    input: { CatalogId: accountId, TagKey: key, [member]: values },
  });
  const call = update('TagValuesToAdd');
  return {
    id: stepId(DEFINE_TAG, { accountId, region, call }),
    kind: DEFINE_TAG,
    words: sentence('tags.addValues', words),
    accountId,
    region,
    call,
    undo: {
      words: sentence('tags.removeValues', words),
      call: update('TagValuesToDelete'),
    },
    needs: created ? [created] : [],
    locks: [`lake-formation:${region}:tag:${accountId}:${key}`],
  };
}
