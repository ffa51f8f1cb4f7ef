import { Entity, parseEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { Problem } from '../client/types.generated';
import {
  DATA_PRODUCT_API_VERSION,
  DATA_PRODUCT_KIND,
  DataProductEntity,
  OutputPort,
} from './dataProduct';
import { findTextProblems } from './findTextProblems';
import { nameSuggester } from './nearestName';
import { findSchemaProblems } from './schemaProblems';

/** Names that differ in case only are one name: Glue stores them lower-cased. */
function duplicates(field: string, names: string[]): Problem[] {
  const first = new Map<string, number>();
  return names.flatMap((name, index) => {
    const before = first.get(name.toLowerCase());
    if (before === undefined) {
      first.set(name.toLowerCase(), index);
      return [];
    }
    return [
      {
        field: `${field}[${index}].name`,
        reason: `${name} is also the name of ${field}[${before}]; names must be unique, regardless of case`,
      },
    ];
  });
}

function refProblems(
  field: string,
  ref: string | undefined,
  kinds: [string, ...string[]],
): Problem[] {
  if (ref === undefined) return [];
  try {
    const { kind } = parseEntityRef(ref, { defaultKind: kinds[0] });
    const allowed = kinds.some(k => k.toLowerCase() === kind.toLowerCase());
    return allowed
      ? []
      : [
          {
            field,
            reason: `must refer to a ${kinds.join(' or ')}, found ${ref}`,
          },
        ];
  } catch {
    return [
      {
        field,
        reason: `must be an entity reference like ${kinds[0].toLowerCase()}:default/name, found ${ref}`,
      },
    ];
  }
}

function portProblems(port: OutputPort, field: string): Problem[] {
  return [
    ...duplicates(
      `${field}.tables`,
      port.tables.map(table => table.name),
    ),
    ...port.tables.flatMap((table, index) =>
      duplicates(
        `${field}.tables[${index}].columns`,
        table.columns.map(column => column.name),
      ),
    ),
  ];
}

function neverSharedProblems({ spec }: DataProductEntity): Problem[] {
  const names = new Set<string>();
  for (const table of spec.outputPorts.flatMap(port => port.tables)) {
    for (const { name } of table.columns) {
      names.add(name.toLowerCase());
      names.add(`${table.name}.${name}`.toLowerCase());
    }
  }
  const suggest = nameSuggester();
  return (spec.access?.neverShared ?? []).flatMap((name, index) => {
    if (names.has(name.toLowerCase())) return [];
    const near = suggest(name, names);
    return [
      {
        field: `spec.access.neverShared[${index}]`,
        reason: `no output port has a column ${name}${
          near ? `, did you mean ${near}?` : ''
        }`,
      },
    ];
  });
}

function semanticProblems(entity: DataProductEntity): Problem[] {
  const { spec } = entity;
  const inputPorts = spec.inputPorts ?? [];
  return [
    ...refProblems('spec.owner', spec.owner, ['Group', 'User']),
    ...refProblems('spec.domain', spec.domain, ['Domain']),
    ...refProblems('spec.system', spec.system, ['System']),
    ...(spec.access?.approvers ?? []).flatMap((ref, index) =>
      refProblems(`spec.access.approvers[${index}]`, ref, ['Group', 'User']),
    ),
    ...duplicates(
      'spec.inputPorts',
      inputPorts.map(port => port.name),
    ),
    ...inputPorts.flatMap((port, index) => [
      ...refProblems(`spec.inputPorts[${index}].product`, port.product, [
        DATA_PRODUCT_KIND,
      ]),
      ...(port.port !== undefined && port.product === undefined
        ? [
            {
              field: `spec.inputPorts[${index}].port`,
              reason: 'names a port of a product, but product is missing',
            },
          ]
        : []),
    ]),
    ...duplicates(
      'spec.outputPorts',
      spec.outputPorts.map(port => port.name),
    ),
    ...spec.outputPorts.flatMap((port, index) =>
      portProblems(port, `spec.outputPorts[${index}]`),
    ),
    ...neverSharedProblems(entity),
  ];
}

/**
 * All that is wrong with a data product, by {@link dataProductSchema} and by
 * what a schema cannot say:
 *
 * - texts have no characters that databases cannot keep
 * - names of ports, tables and columns are unique regardless of case, because
 *   Glue and Athena lower-case them
 * - references lead to the right kinds (owner and approvers to Group or User,
 *   domain to Domain, system to System, input ports to DataProduct)
 * - an input port that names a port also names its product
 * - `access.neverShared` names columns that exist; a mistyped name there would
 *   give away what its owner meant to hold back
 *
 * Does not look whether referred entities exist: the catalog ingests them in
 * any order.
 *
 * @returns an empty list where nothing is wrong
 * @public
 */
export function findDataProductProblems(entity: Entity): Problem[] {
  const problems: Problem[] = [];
  if (entity.apiVersion !== DATA_PRODUCT_API_VERSION) {
    problems.push({
      field: 'apiVersion',
      reason: `must be ${DATA_PRODUCT_API_VERSION}, found ${entity.apiVersion}`,
    });
  }
  if (entity.kind !== DATA_PRODUCT_KIND) {
    problems.push({
      field: 'kind',
      reason: `must be ${DATA_PRODUCT_KIND}, found ${entity.kind}`,
    });
  }
  problems.push(...findSchemaProblems(entity), ...findTextProblems(entity));
  // The rules below rely on the shape that the schema assures.
  return problems.length > 0
    ? problems
    : semanticProblems(entity as DataProductEntity);
}

/**
 * Asserts that an entity is a data product as {@link findDataProductProblems}
 * wants it.
 *
 * @throws InputError that names each wrong field and the reason
 * @public
 */
export function validateDataProduct(
  entity: Entity,
): asserts entity is DataProductEntity {
  const problems = findDataProductProblems(entity);
  if (problems.length === 0) return;
  const name = entity.metadata?.name ?? 'without a name';
  const reasons = problems.map(({ field, reason }) => `${field} ${reason}`);
  throw new InputError(
    `${DATA_PRODUCT_KIND} ${name} is not valid: ${reasons.join('; ')}`,
  );
}
