import type {
  DataProductEntity,
  OutputPort,
  Problem,
  Purpose,
  RequestDraft,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { duplicates, oneOf, unknownName } from '../../scopes/namesInReasons';
import {
  eachScopeProblems,
  type ScopeServer,
} from '../../scopes/scopeProblems';

/** What is known about what a draft names. Facts, no services. */
export interface DraftFacts {
  /** The product, where the caller can see one. */
  product?: DataProductEntity;
  /** What serves the port, where the port exists. */
  provisioner?: ScopeServer & {
    /** What is wrong with the location of the port. */
    portProblems: Problem[];
  };
  /** For each principal of the draft, in its order. */
  principals: ReadonlyArray<
    | {
        /** The system can grant to it. */
        readable: boolean;
        /** The caller may ask for it. */
        allowed: boolean;
      }
    | undefined
  >;
  consumer?: 'found' | 'unknown' | 'wrong-kind';
  /** Purposes that config names. */
  purposes: Purpose[];
  maxDurationDays: number;
  /** Columns of the scope that are personal data, as `table.column`. */
  sensitiveColumns: string[];
}

const REQUESTABLE = ['active', 'deprecated'];

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
      const fact = facts.principals[index];
      // Not looked at: the draft is about an entitlement of another one.
      if (!fact) return [];
      const { readable, allowed } = fact;
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
              reason: `'${id}' is not one of your principals; others are asked for by the owner of the product or data governance (dataMesh.governance), with the permission data-mesh.request.for-others`,
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
 * All that is wrong with a request, in parts: a scope may name thousands of
 * tables and columns. Pure.
 *
 * @param options.complete - false for a draft, where what is not filled in yet
 *   is no problem
 * @param options.keepsEnd - true for what asks for no other end, so that no
 *   duration is looked at
 */
export function* eachRequestProblems(
  draft: RequestDraft,
  facts: DraftFacts,
  options: { complete: boolean; keepsEnd?: boolean },
): Generator<Problem[]> {
  if (options.complete) yield missingFields(draft);
  yield productProblems(draft, facts);
  yield portProblems(draft, facts);
  if (draft.scope) {
    yield* eachScopeProblems(
      draft.scope,
      portOf(draft, facts.product),
      facts.provisioner,
    );
  }
  yield principalProblems(draft, facts);
  yield consumerProblems(draft, facts);
  yield purposeProblems(draft, facts);
  if (!options.keepsEnd) yield durationProblems(draft, facts);
  if (options.complete || draft.justification !== undefined) {
    yield justificationProblems(draft, facts);
  }
}
