import {
  AwsError,
  entityNotFound,
  invalidInput,
} from '../../model/api/AwsError';
import { Catalog, catalogOf } from '../../model/state/EmulatorState';
import {
  ResourcePolicyRecord,
  policyHash,
  statementsOf,
} from '../../model/catalog/resourcePolicy';
import { OperationContext } from '../Operation';

/** AWS's limit for the document. */
const MAX_LENGTH = 10_240;

const conditionFailed = (message: string) =>
  new AwsError('ConditionCheckFailureException', message);

const catalogArn = ({ region, accountId }: Catalog) =>
  `arn:aws:glue:${region}:${accountId}:catalog`;

/** The caller's catalog, which is the only one with a policy. */
export function policyCatalog(
  { state, caller }: OperationContext,
  resourceArn: string | undefined,
): Catalog {
  const catalog = catalogOf(state, caller.account, caller.region);
  if (resourceArn !== undefined && resourceArn !== catalogArn(catalog)) {
    throw invalidInput(
      `ResourceArn must be ${catalogArn(catalog)}, found ${resourceArn}.`,
    );
  }
  return catalog;
}

/** The policy of a catalog. Refuses where there is none. */
export function requirePolicy({
  resourcePolicy,
}: Catalog): ResourcePolicyRecord {
  if (!resourcePolicy) throw entityNotFound('Policy not found');
  return resourcePolicy;
}

/** Refuses who wants to change another policy than the one that is there. */
export function checkPolicyHash(
  { resourcePolicy }: Catalog,
  expected: string | undefined,
): void {
  if (
    expected !== undefined &&
    (!resourcePolicy || policyHash(resourcePolicy) !== expected)
  ) {
    throw conditionFailed('The policy hash does not match.');
  }
}

/** Refuses a policy where there must not be one, or must be one. */
export function checkPolicyExists(
  { resourcePolicy }: Catalog,
  condition: string = 'NONE',
): void {
  if (!['NONE', 'MUST_EXIST', 'NOT_EXIST'].includes(condition)) {
    throw invalidInput(
      `PolicyExistsCondition must be MUST_EXIST, NOT_EXIST or NONE, found ${condition}.`,
    );
  }
  if (condition === 'MUST_EXIST' && !resourcePolicy) {
    throw conditionFailed('Policy does not exist.');
  }
  if (condition === 'NOT_EXIST' && resourcePolicy) {
    throw conditionFailed('Policy already exists.');
  }
}

/** Refuses what is no policy on the catalog's resources. */
export function checkPolicyDocument(catalog: Catalog, json: string): void {
  if (json.length > MAX_LENGTH) {
    throw invalidInput(
      `The policy may have up to ${MAX_LENGTH} characters, found ${json.length}.`,
    );
  }
  const statements = statementsOf(json);
  if (!statements) {
    throw invalidInput('The policy is not valid JSON with a Statement.');
  }
  const ours = `arn:aws:glue:${catalog.region}:${catalog.accountId}:`;
  statements.forEach(({ Effect, Principal, Action, Resource }, i) => {
    const refuse = (what: string) => {
      throw invalidInput(`Statement ${i + 1} of the policy ${what}.`);
    };
    if (Effect !== 'Allow' && Effect !== 'Deny') {
      refuse('must have the Effect Allow or Deny');
    }
    if (Principal === undefined) refuse('must have a Principal');
    if (Action === undefined) refuse('must have an Action');
    const resources: unknown[] = Array.isArray(Resource)
      ? Resource
      : [Resource];
    const foreign = resources.find(
      one => typeof one !== 'string' || (one !== '*' && !one.startsWith(ours)),
    );
    if (foreign !== undefined || Resource === undefined) {
      refuse(`must have Resources of ${ours}*, found ${foreign}`);
    }
  });
}
