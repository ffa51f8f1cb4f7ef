import type {
  PlanStep,
  ProductTags,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { aPlanStep, inDays } from './builders';

const place = {
  accountId: '210987654321',
  region: 'eu-central-1',
  database: 'crm',
  table: 'profiles',
};

function aTagStep(
  id: string,
  words: string,
  operation: string,
  needs: string[] = [],
): PlanStep {
  return aPlanStep({
    id,
    kind: 'assignTags',
    words: { text: words },
    needs,
    call: {
      service: 'LakeFormation',
      operation,
      input: { CatalogId: place.accountId },
    },
  });
}

/**
 * The LF-Tags of a product of which some are as declared, one is missing, one
 * is another, one is extra and one is handed down by the database.
 */
export function someTags(values: Partial<ProductTags> = {}): ProductTags {
  return {
    productRef: 'dataproduct:default/customer-360',
    checkedAt: inDays(0),
    keys: ['class', 'pii', 'zone'],
    ontology: [
      {
        key: 'class',
        values: ['public', 'internal', 'confidential', 'restricted'],
        from: 'classification',
        declaredIn: 'configuration',
      },
      {
        key: 'pii',
        values: ['true', 'false'],
        from: 'pii',
        declaredIn: 'domain',
      },
      {
        key: 'zone',
        values: Array.from({ length: 14 }, (_, index) => `zone-${index + 1}`),
        from: 'tags',
        declaredIn: 'domain',
      },
    ],
    tables: [
      {
        port: 'profiles',
        ...place,
        tags: [
          {
            key: 'class',
            state: 'different',
            wanted: 'restricted',
            found: 'internal',
            foundAt: 'table',
          },
          {
            key: 'pii',
            state: 'same',
            wanted: 'false',
            found: 'false',
            foundAt: 'database',
          },
          {
            key: 'zone',
            state: 'excess',
            found: 'zone-3',
            foundAt: 'database',
          },
        ],
        columns: [
          {
            column: 'customer_email',
            tags: [
              {
                key: 'pii',
                state: 'different',
                wanted: 'true',
                found: 'false',
                foundAt: 'database',
              },
            ],
          },
          {
            column: 'segment',
            tags: [
              {
                key: 'zone',
                state: 'excess',
                found: 'zone-4',
                foundAt: 'column',
              },
            ],
          },
        ],
      },
      {
        port: 'events',
        ...place,
        table: 'profile_changes',
        tags: [{ key: 'class', state: 'missing', wanted: 'restricted' }],
        columns: [],
      },
    ],
    findings: [
      {
        kind: 'different',
        words: {
          text: '`crm.profiles` has LF-Tag `class` = `internal`; its product asks for `restricted`',
        },
        ...place,
        key: 'class',
        wanted: 'restricted',
        found: 'internal',
      },
      {
        kind: 'different',
        words: {
          text: '`crm.profiles.customer_email` has LF-Tag `pii` = `false`; its product asks for `true`',
        },
        ...place,
        column: 'customer_email',
        key: 'pii',
        wanted: 'true',
        found: 'false',
      },
    ],
    steps: [
      aTagStep(
        'define',
        'Create LF-Tag `class` with `restricted`',
        'CreateLFTag',
      ),
      aTagStep(
        'assign',
        'Assign LF-Tag `class` = `restricted` to `crm.profiles`',
        'AddLFTagsToResource',
        ['define'],
      ),
      aTagStep(
        'remove',
        'Remove LF-Tag `zone` = `zone-4` from `segment` of `crm.profiles`',
        'RemoveLFTagsFromResource',
      ),
    ],
    errors: [],
    mayApply: true,
    ...values,
  };
}
