import {
  nearestName,
  type AccessScope,
  type Capabilities,
  type DataProductEntity,
  type OutputPort,
  type Problem,
  type Purpose,
  type RequestDraft,
  type TableScope,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** What is known about what a draft names. Facts, no services. */
export interface DraftFacts {
  /** The product, where the caller can see one. */
  product?: DataProductEntity;
  /** What serves the port, where the port exists. */
  provisioner?: {
    title: string;
    capabilities: Capabilities;
    /** What is wrong with the location of the port. */
    portProblems: Problem[];
  };
  /** For each principal of the draft, in its order. */
  principals: Array<{
    /** The system can grant to it. */
    readable: boolean;
    /** The caller may ask for it. */
    allowed: boolean;
  }>;
  consumer?: 'found' | 'unknown' | 'wrong-kind';
  /** Purposes that config names. */
  purposes: Purpose[];
  maxDurationDays: number;
  /** Columns of the scope that are personal data, as `table.column`. */
  sensitiveColumns: string[];
}

const REQUESTABLE = ['active', 'deprecated'];

function oneOf(names: readonly string[], atMost = 8): string {
  const shown = names.slice(0, atMost).map(name => `'${name}'`);
  return names.length > atMost
    ? `${shown.join(', ')} and ${names.length - atMost} more`
    : shown.join(', ');
}

function unknownName(
  what: string,
  name: string,
  known: readonly string[],
): string {
  const near = nearestName(name, known);
  if (near) return `${what} '${name}' does not exist; did you mean '${near}'?`;
  return known.length > 0
    ? `${what} '${name}' does not exist; there are ${oneOf(known)}`
    : `${what} '${name}' does not exist`;
}

function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((one, i) => names.indexOf(one) !== i))];
}

/** The port that a draft names. */
export function portOf(
  draft: Pick<RequestDraft, 'port'>,
  product: DataProductEntity | undefined,
): OutputPort | undefined {
  return product?.spec.outputPorts.find(port => port.name === draft.port);
}

function productProblems(
  draft: RequestDraft,
  { product }: DraftFacts,
): Problem[] {
  if (!product) {
    return [
      {
        field: 'productRef',
        reason: `there is no data product '${draft.productRef}' that you can see`,
      },
    ];
  }
  const { lifecycle } = product.spec;
  return REQUESTABLE.includes(lifecycle)
    ? []
    : [
        {
          field: 'productRef',
          reason: `the product is ${lifecycle}; access is given to products that are active or deprecated`,
        },
      ];
}

function portProblems(draft: RequestDraft, facts: DraftFacts): Problem[] {
  if (draft.port === undefined || !facts.product) return [];
  const port = portOf(draft, facts.product);
  if (!port) {
    const known = facts.product.spec.outputPorts.map(one => one.name);
    return [{ field: 'port', reason: unknownName('port', draft.port, known) }];
  }
  if (!facts.provisioner) {
    return [
      {
        field: 'port',
        reason: `nothing is installed that grants access to ports of type '${port.type}'`,
      },
    ];
  }
  return facts.provisioner.portProblems.map(({ field, reason }) => ({
    field: 'port',
    reason: `the port is not set up right: ${field} ${reason}`,
  }));
}

function columnProblems(
  wanted: TableScope,
  known: string[],
  field: string,
  provisioner: DraftFacts['provisioner'],
): Problem[] {
  if (!wanted.columns) return [];
  if (provisioner && !provisioner.capabilities.columns) {
    return [
      {
        field,
        reason: `${provisioner.title} grants whole tables only; ask without columns`,
      },
    ];
  }
  if (wanted.columns.length === 0) {
    return [
      {
        field,
        reason: 'no column is chosen; choose some, or leave it out for all',
      },
    ];
  }
  return [
    ...wanted.columns
      .filter(column => !known.includes(column))
      .map(column => ({
        field,
        reason: unknownName(`column of ${wanted.table}`, column, known),
      })),
    ...duplicates(wanted.columns).map(column => ({
      field,
      reason: `column '${column}' is named more than once`,
    })),
  ];
}

function scopeProblems(
  scope: AccessScope | undefined,
  port: OutputPort | undefined,
  provisioner: DraftFacts['provisioner'],
): Problem[] {
  if (!scope) return [];
  const problems: Problem[] = [];
  if (provisioner && !provisioner.capabilities.levels.includes(scope.level)) {
    problems.push({
      field: 'scope.level',
      reason: `'${scope.level}' is not offered by ${
        provisioner.title
      }; there is ${oneOf(provisioner.capabilities.levels)}`,
    });
  }
  if (scope.tagExpression?.length) {
    problems.push({
      field: 'scope.tagExpression',
      reason: 'access by tag expression is not offered; choose tables',
    });
  }
  if (scope.tables.length === 0) {
    problems.push({ field: 'scope.tables', reason: 'no table is chosen' });
  }
  for (const table of duplicates(scope.tables.map(one => one.table))) {
    problems.push({
      field: 'scope.tables',
      reason: `table '${table}' is named more than once`,
    });
  }
  scope.tables.forEach((wanted, index) => {
    const field = `scope.tables[${index}]`;
    const table = port?.tables.find(one => one.name === wanted.table);
    if (port && !table) {
      const known = port.tables.map(one => one.name);
      problems.push({
        field: `${field}.table`,
        reason: unknownName('table', wanted.table, known),
      });
    }
    if (table) {
      const known = table.columns.map(column => column.name);
      problems.push(
        ...columnProblems(wanted, known, `${field}.columns`, provisioner),
      );
    }
    if (wanted.rowFilter !== undefined) {
      if (wanted.rowFilter.trim() === '') {
        problems.push({
          field: `${field}.rowFilter`,
          reason: 'the filter is empty; leave it out for all rows',
        });
      } else if (provisioner && !provisioner.capabilities.rowFilters) {
        problems.push({
          field: `${field}.rowFilter`,
          reason: `${provisioner.title} offers no row filters here`,
        });
      }
    }
  });
  return problems;
}

function purposeProblems(draft: RequestDraft, facts: DraftFacts): Problem[] {
  if (draft.purpose === undefined) return [];
  const field = 'purpose';
  const allowed = facts.product?.spec.access?.purposes;
  const known = facts.purposes.map(purpose => purpose.id);
  const offered = allowed ? known.filter(id => allowed.includes(id)) : known;
  if (draft.purpose.trim() === '') {
    return [{ field, reason: `is empty; expected one of ${oneOf(offered)}` }];
  }
  if (!known.includes(draft.purpose)) {
    return [{ field, reason: unknownName('purpose', draft.purpose, offered) }];
  }
  return offered.includes(draft.purpose)
    ? []
    : [
        {
          field,
          reason:
            offered.length > 0
              ? `the product does not allow '${
                  draft.purpose
                }'; it allows ${oneOf(offered)}`
              : `the product does not allow '${draft.purpose}', nor any other purpose`,
        },
      ];
}

function durationProblems(
  { durationDays }: RequestDraft,
  { maxDurationDays }: DraftFacts,
): Problem[] {
  if (durationDays === undefined) return [];
  const field = 'durationDays';
  if (!Number.isInteger(durationDays) || durationDays < 1) {
    return [
      {
        field,
        reason: `${durationDays} is no number of days; expected an integer from 1 to ${maxDurationDays}`,
      },
    ];
  }
  return durationDays > maxDurationDays
    ? [
        {
          field,
          reason: `${durationDays} days is longer than the ${maxDurationDays} days that are allowed`,
        },
      ]
    : [];
}

function principalProblems(draft: RequestDraft, facts: DraftFacts): Problem[] {
  const principals = draft.principals ?? [];
  return [
    ...principals.flatMap((id, index) => {
      const field = `principals[${index}]`;
      const { readable, allowed } = facts.principals[index];
      if (!readable) {
        const title = facts.provisioner?.title;
        return [
          {
            field,
            reason: title
              ? `'${id}' is no principal that ${title} could grant to`
              : `'${id}' is no principal`,
          },
        ];
      }
      return allowed
        ? []
        : [
            {
              field,
              reason: `'${id}' is not one of your principals, and you are not permitted to ask for others`,
            },
          ];
    }),
    ...duplicates(principals).map(id => ({
      field: 'principals',
      reason: `'${id}' is named more than once`,
    })),
  ];
}

function consumerProblems(draft: RequestDraft, facts: DraftFacts): Problem[] {
  if (draft.consumerRef === undefined || facts.consumer === 'found') return [];
  return [
    {
      field: 'consumerRef',
      reason:
        facts.consumer === 'wrong-kind'
          ? `'${draft.consumerRef}' is no data product, component or system`
          : `there is no '${draft.consumerRef}' in the catalog that you can see`,
    },
  ];
}

/** Fields that an asked request must have; a draft may lack them. */
function missingFields(draft: RequestDraft): Problem[] {
  const missing = (field: string, reason: string) => ({ field, reason });
  return [
    ...(draft.port === undefined ? [missing('port', 'is missing')] : []),
    ...(draft.scope === undefined ? [missing('scope', 'is missing')] : []),
    ...(draft.purpose === undefined ? [missing('purpose', 'is missing')] : []),
    ...(draft.durationDays === undefined
      ? [missing('durationDays', 'is missing')]
      : []),
    ...(draft.principals?.length
      ? []
      : [missing('principals', 'no principal is chosen')]),
  ];
}

function justificationProblems(
  draft: RequestDraft,
  { sensitiveColumns }: DraftFacts,
): Problem[] {
  if (sensitiveColumns.length === 0 || draft.justification?.trim()) return [];
  return [
    {
      field: 'justification',
      reason: `is required, because ${oneOf(sensitiveColumns)} ${
        sensitiveColumns.length === 1 ? 'is' : 'are'
      } personal data`,
    },
  ];
}

/**
 * All that is wrong with a request, at once. Pure.
 *
 * @param options.complete - false for a draft, where what is not filled in yet
 *   is no problem
 */
export function validateRequest(
  draft: RequestDraft,
  facts: DraftFacts,
  options: { complete: boolean },
): Problem[] {
  return [
    ...(options.complete ? missingFields(draft) : []),
    ...productProblems(draft, facts),
    ...portProblems(draft, facts),
    ...scopeProblems(
      draft.scope,
      portOf(draft, facts.product),
      facts.provisioner,
    ),
    ...principalProblems(draft, facts),
    ...consumerProblems(draft, facts),
    ...purposeProblems(draft, facts),
    ...durationProblems(draft, facts),
    ...(options.complete || draft.justification !== undefined
      ? justificationProblems(draft, facts)
      : []),
  ];
}
