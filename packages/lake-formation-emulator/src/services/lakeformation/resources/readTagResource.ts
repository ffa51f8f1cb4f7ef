import type { Resource } from '@aws-sdk/client-lakeformation';
import { invalidInput, validationError } from '../../../model/api/AwsError';
import { TagPolicyReach } from '../../../model/grants/Grant';
import { ALL_VALUES, storedTag } from '../../../model/grants/tagExpression';
import { Validated } from '../../Operation';
import type { RequestedResource } from './RequestedResource';
import { readExpression } from './tagExpressions';

/** AWS's limit for the expression of a grant. */
const MAX_INLINE_BYTES = 900;
const REACHES: readonly string[] = ['DATABASE', 'TABLE'];

const isReach = (text: string): text is TagPolicyReach =>
  REACHES.includes(text);

function readTag({
  TagKey,
  TagValues,
  CatalogId,
}: NonNullable<Validated<Resource>['LFTag']>): RequestedResource {
  if (!TagKey || !TagValues.length) {
    throw invalidInput('LF-Tag must have a key and at least one value.');
  }
  const values = [...new Set(TagValues.map(storedTag))].sort();
  return {
    resource: {
      kind: 'lfTag',
      key: storedTag(TagKey),
      values: values.includes(ALL_VALUES) ? [ALL_VALUES] : values,
    },
    catalogId: CatalogId,
    isTableWithColumns: false,
  };
}

function readPolicy({
  ResourceType,
  Expression,
  ExpressionName,
  CatalogId,
}: NonNullable<Validated<Resource>['LFTagPolicy']>): RequestedResource {
  if (!isReach(ResourceType)) {
    throw validationError([
      `Value '${ResourceType}' at 'resource.lFTagPolicy.resourceType' failed to satisfy constraint: Member must satisfy enum value set: [${REACHES.join(
        ', ',
      )}]`,
    ]);
  }
  if (Expression && ExpressionName) {
    throw invalidInput(
      'LF-Tag policy cannot have both an expression and the name of one.',
    );
  }
  if (!Expression && !ExpressionName) {
    throw invalidInput(
      'LF-Tag policy must have either an expression or the name of one.',
    );
  }
  const wanted = {
    kind: 'lfTagPolicy' as const,
    reaches: ResourceType,
    ...(ExpressionName
      ? { expressionName: ExpressionName }
      : { expression: readExpression(Expression ?? [], 'Expression') }),
  };
  if (
    'expression' in wanted &&
    Buffer.byteLength(JSON.stringify(Expression)) > MAX_INLINE_BYTES
  ) {
    throw invalidInput(
      `The expression of an LF-Tag policy may have up to ${MAX_INLINE_BYTES} bytes; save it as an LF-Tag expression.`,
    );
  }
  return { resource: wanted, catalogId: CatalogId, isTableWithColumns: false };
}

/** Reads the resources of a request that are about LF-Tags. */
export function readTagResource(
  resource: Validated<Resource>,
): RequestedResource | undefined {
  if (resource.LFTag) return readTag(resource.LFTag);
  if (resource.LFTagPolicy) return readPolicy(resource.LFTagPolicy);
  if (resource.LFTagExpression) {
    const { Name, CatalogId } = resource.LFTagExpression;
    return {
      resource: { kind: 'lfTagExpression', name: Name },
      catalogId: CatalogId,
      isTableWithColumns: false,
    };
  }
  return undefined;
}
