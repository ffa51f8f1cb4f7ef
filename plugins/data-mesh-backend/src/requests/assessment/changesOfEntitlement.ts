import {
  isInForce,
  isSameScope,
  scopeCovers,
  scopeInWords,
  type Problem,
  type RequestDraft,
  type RequestKind,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  phaseInWords,
  whyNotPossible,
} from '../../entitlements/guard/entitlementActions';
import type { FoundEntitlement } from '../../entitlements/reading/EntitlementReader';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What is known when a draft is about an entitlement. Facts, no services. */
export interface ChangeFacts {
  kind: RequestKind;
  /** The entitlement, where the caller is one of its consumers. */
  about?: FoundEntitlement;
  /** Full reference of the product that the draft names, where it exists. */
  productRef?: string;
  maxDurationDays: number;
  now: Date;
}

/** What is wrong with a draft as a renewal or an amendment. Pure. */
export function changeProblems(
  draft: RequestDraft,
  facts: ChangeFacts,
): Problem[] {
  const { kind, about } = facts;
  const field = 'entitlementId';
  if (kind === 'resume') return resumptionProblems(about);
  if (kind !== 'renew' && kind !== 'amend') {
    return draft.entitlementId === undefined
      ? []
      : [
          {
            field,
            reason:
              'is only for requests of the kind renew or amend; leave it out for a new access',
          },
        ];
  }
  if (draft.entitlementId === undefined) {
    return [{ field, reason: `is missing; name the access to ${kind}` }];
  }
  if (!about) {
    return [
      {
        field,
        reason: `there is no entitlement '${draft.entitlementId}' that you asked for or whose principal you may act as`,
      },
    ];
  }
  const { entitlement } = about;
  const inForce = isInForce(entitlement);
  const isOver =
    entitlement.expiresAt !== undefined &&
    entitlement.expiresAt <= facts.now.toISOString();
  if (!inForce || isOver) {
    return [
      {
        field,
        reason: `it is ${
          isOver && inForce ? 'over' : phaseInWords(entitlement)
        }; only access that is in force can be ${
          kind === 'renew' ? 'renewed' : 'amended'
        }, ask for a new one`,
      },
    ];
  }
  const impossible = whyNotPossible(entitlement, kind);
  if (impossible !== undefined) return [{ field, reason: impossible }];
  return [
    ...identityProblems(draft, facts, about),
    ...(kind === 'renew'
      ? renewalProblems(draft, facts, about)
      : amendmentProblems(draft, about)),
  ];
}

/** What the system asks about access that it has suspended. */
function resumptionProblems(about: FoundEntitlement | undefined): Problem[] {
  return about?.entitlement.suspension
    ? []
    : [
        {
          field: 'entitlementId',
          reason: `the access is ${
            about?.entitlement.state ?? 'gone'
          } by now, not suspended`,
        },
      ];
}

/** A renewal or amendment is of the same port for the same principal. */
function identityProblems(
  draft: RequestDraft,
  { productRef }: ChangeFacts,
  { entitlement }: FoundEntitlement,
): Problem[] {
  const other = (field: string, is: string, expected: string): Problem => ({
    field,
    reason: `'${is}' is not what the entitlement is for: '${expected}'`,
  });
  const { principals } = draft;
  return [
    ...(productRef !== undefined && productRef !== entitlement.productRef
      ? [other('productRef', productRef, entitlement.productRef)]
      : []),
    ...(draft.port !== undefined && draft.port !== entitlement.port
      ? [other('port', draft.port, entitlement.port)]
      : []),
    ...(principals &&
    principals.length > 0 &&
    (principals.length !== 1 || principals[0] !== entitlement.principal.id)
      ? [other('principals', principals.join("', '"), entitlement.principal.id)]
      : []),
  ];
}

function renewalProblems(
  { scope }: RequestDraft,
  { maxDurationDays, now }: ChangeFacts,
  { entitlement }: FoundEntitlement,
): Problem[] {
  const problems: Problem[] = [];
  if (scope && !isSameScope(scope, entitlement.scope)) {
    problems.push({
      field: 'scope',
      reason: `a renewal keeps what is held (${scopeInWords(
        entitlement.scope,
      )}); amend it to change that`,
    });
  }
  const from =
    Date.parse(entitlement.expiresAt ?? '') - maxDurationDays * DAY_MS;
  if (from > now.getTime()) {
    problems.push({
      field: 'entitlementId',
      reason: `it ends at ${
        entitlement.expiresAt
      }, further ahead than the ${maxDurationDays} days that are allowed; it can be renewed from ${new Date(
        from,
      )
        .toISOString()
        .slice(0, 10)} on`,
    });
  }
  return problems;
}

function amendmentProblems(
  { scope }: RequestDraft,
  { entitlement }: FoundEntitlement,
): Problem[] {
  if (!scope) return [];
  if (isSameScope(scope, entitlement.scope)) {
    return [
      {
        field: 'scope',
        reason: `is what is held already: ${scopeInWords(entitlement.scope)}`,
      },
    ];
  }
  return scopeCovers(entitlement.scope, scope)
    ? [
        {
          field: 'scope',
          reason: `lies within what is held (${scopeInWords(
            entitlement.scope,
          )}); narrow the access instead, which needs no approval`,
        },
      ]
    : [];
}
