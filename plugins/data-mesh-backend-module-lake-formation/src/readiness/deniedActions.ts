import {
  SimulatePrincipalPolicyCommand,
  type EvaluationResult,
} from '@aws-sdk/client-iam';
import { AwsClients } from '../aws/AwsClients';

/** An action on a resource that IAM policies do not allow. */
export interface DeniedAction {
  action: string;
  resource: string;
  /** A statement denies it; otherwise none allows it. */
  isExplicit: boolean;
}

/**
 * What of the actions IAM does not allow a principal, on any of the resources.
 * Changes nothing.
 */
export async function deniedActions(
  clients: AwsClients,
  principal: { arn: string; accountId: string; region: string },
  actions: string[],
  resources: string[],
  signal?: AbortSignal,
): Promise<DeniedAction[]> {
  const { iam } = await clients.get(principal.accountId, principal.region);
  const results: EvaluationResult[] = [];
  let marker: string | undefined;
  do {
    const page = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: principal.arn,
        ActionNames: actions,
        ResourceArns: resources,
        Marker: marker,
      }),
      { abortSignal: signal },
    );
    results.push(...(page.EvaluationResults ?? []));
    marker = page.IsTruncated ? page.Marker : undefined;
  } while (marker);
  return results
    .filter(one => one.EvalDecision !== 'allowed')
    .map(one => ({
      action: one.EvalActionName ?? 'unknown action',
      resource: one.EvalResourceName ?? '*',
      isExplicit: one.EvalDecision === 'explicitDeny',
    }));
}
