import type { Check } from '@lakemesh/backstage-plugin-data-mesh-common';
import { AwsClients } from '../aws/AwsClients';
import { check, failed, ok, warning } from './checks';
import type { DoctorSubject } from './Doctor';
import { PLANNED_ACTIONS } from './plannedActions';
import { PolicySimulator } from './PolicySimulator';
import { findIamPrincipal } from './principalChecks';

/** Whether IAM lets the role that Backstage uses make the calls of plans. */
export function ownPolicyCheck(
  clients: AwsClients,
  identity: string,
  { accountId, region, databases, sharesOut, consumes }: DoctorSubject,
  signal?: AbortSignal,
): Promise<Check> {
  return check(
    'iam',
    'IAM allows Backstage the calls of plans',
    async () => {
      if (identity.endsWith(':root')) {
        return warning(
          'Backstage acts as the root of the account, which may do everything',
          'Give it a role with the policy of the README of the Lake Formation module',
        );
      }
      const actions = [
        ...new Set([
          ...(databases.size > 0 ? PLANNED_ACTIONS.owner : []),
          ...(sharesOut ? PLANNED_ACTIONS.sharing : []),
          ...(consumes ? PLANNED_ACTIONS.consumer : []),
        ]),
      ];
      const arn = await ownArn(clients, identity, accountId, region, signal);
      const denied = await new PolicySimulator(clients).denied(
        { arn, accountId, region },
        actions,
        ['*'],
        signal,
      );
      // Policies for some resources only do not show here: glue's may be so.
      const surely = denied.filter(
        one => one.isExplicit || !one.action.startsWith('glue:'),
      );
      return surely.length === 0
        ? ok(`IAM allows ${arn} what plans call`)
        : failed(
            `IAM does not allow ${arn} ${surely
              .map(one => one.action)
              .join(', ')}`,
            'Add the actions to its IAM policy; the README of the Lake Formation module has the whole of it',
          );
    },
    signal,
  );
}

/** The role behind a session: its ARN has a path that the session's lacks. */
async function ownArn(
  clients: AwsClients,
  identity: string,
  accountId: string,
  region: string,
  signal?: AbortSignal,
): Promise<string> {
  const [, name] = /:assumed-role\/([^/]+)\//.exec(identity) ?? [];
  if (!name) return identity;
  const arn = await findIamPrincipal(
    clients,
    { id: `role/${name}`, accountId, region, isRole: true },
    signal,
  );
  return arn ?? identity;
}
