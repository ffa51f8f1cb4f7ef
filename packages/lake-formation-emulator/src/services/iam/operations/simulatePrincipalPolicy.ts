import type {
  EvaluationResult,
  SimulatePolicyResponse,
  SimulatePrincipalPolicyRequest,
} from '@aws-sdk/client-iam';
import { AwsError, invalidInput } from '../../../model/api/AwsError';
import {
  NamedPolicy,
  evaluatePolicies,
} from '../../../model/iam/evaluatePolicies';
import {
  IamPolicyDocument,
  readPolicyDocument,
} from '../../../model/iam/PolicyDocument';
import { policiesOf } from '../../../model/identities/principalPolicies';
import { Operation } from '../../Operation';
import { refuseMembers } from '../../refuseMembers';
import { iamPage } from '../iamPage';
import { roleArnOf, userArnOf } from '../iamPrincipals';

const NOT_YET = [
  'PermissionsBoundaryPolicyInputList',
  'ResourcePolicy',
  'ResourceOwner',
  'CallerArn',
  'ResourceHandlingOption',
];

const SOURCE_ARN = /^arn:aws:iam::(\d{12}):(role|user)\/(?:.+\/)?([^/]+)$/;
const ACTION = /^[a-z0-9-]+:[A-Za-z0-9]+$/;

/** Policies that the request adds to those of the principal. */
function addedPolicies(texts: readonly string[]): NamedPolicy[] {
  return texts.map((text, i) => {
    const name = `PolicyInputList.${i + 1}`;
    let document: IamPolicyDocument;
    try {
      document = readPolicyDocument(JSON.parse(text), name);
    } catch (error) {
      throw invalidInput(`${(error as Error).message}`);
    }
    return { name, document };
  });
}

/** Where a policy comes from, in IAM's words. */
function sourceType({ inline }: NamedPolicy, kind: string) {
  if (inline === undefined) return 'none';
  if (!inline) return 'user-managed';
  return kind === 'role' ? 'role' : 'user';
}

/**
 * Tells what the policies of a role or user allow. The policies have no
 * conditions here, so that context entries change nothing.
 */
export const simulatePrincipalPolicy: Operation<
  SimulatePrincipalPolicyRequest,
  SimulatePolicyResponse
> = (input, { state, caller }) => {
  refuseMembers(input, NOT_YET);
  const [, account, kind, name] = SOURCE_ARN.exec(input.PolicySourceArn) ?? [];
  if (!account || account !== caller.account) {
    throw invalidInput(
      `PolicySourceArn must be the ARN of a role or user of account ${caller.account}, found ${input.PolicySourceArn}`,
    );
  }
  const find = kind === 'role' ? roleArnOf : userArnOf;
  if (find(state, account, name) !== input.PolicySourceArn) {
    throw new AwsError(
      'NoSuchEntity',
      `The ${kind} ${input.PolicySourceArn} cannot be found.`,
      404,
    );
  }
  const unknown = input.ActionNames.find(action => !ACTION.test(action));
  if (unknown !== undefined) {
    throw invalidInput(`Invalid Action: ${unknown}`);
  }
  const policies = [
    ...policiesOf(state, input.PolicySourceArn),
    ...addedPolicies(input.PolicyInputList ?? []),
  ];
  const results = input.ActionNames.flatMap(action =>
    (input.ResourceArns ?? ['*']).map((resource): EvaluationResult => {
      const { decision, matched } = evaluatePolicies(
        policies,
        action,
        resource,
      );
      return {
        EvalActionName: action,
        EvalResourceName: resource,
        EvalDecision: decision,
        MatchedStatements: matched.map(policy => ({
          SourcePolicyId: policy.name,
          SourcePolicyType: sourceType(policy, kind),
        })),
        MissingContextValues: [],
      };
    }),
  );
  const { items, ...page } = iamPage(results, input);
  return { EvaluationResults: items, ...page };
};
