import type { Check } from '@lakemesh/backstage-plugin-data-mesh-common';
import { AwsClients } from '../aws/AwsClients';
import { NEEDED_ACTIONS } from '../iam/actions';
import { PLANNED_ACTIONS } from '../iam/plannedActions';
import { findIamPrincipal } from '../port/findIamPrincipal';
import type { DoctorSubject } from './DoctorSubject';
import { deniedActions } from './deniedActions';
import { Finding, check, failed, ok, warning } from './checks';

/**
 * Whether IAM lets the role that Backstage uses make the calls of plans and
 * scans: the same lists that the policies of docs/iam are made of.
 */
export async function ownPolicyChecks(
  clients: AwsClients,
  identity: string,
  subject: DoctorSubject,
  signal?: AbortSignal,
): Promise<Check[]> {
  if (identity.endsWith(':root')) {
    return [
      {
        id: 'iam',
        title: 'IAM allows Backstage what it calls, and no more',
        ...warning(
          'Backstage acts as the root of the account, which may do everything',
          'Give it a role with the policy of docs/iam',
        ),
      },
    ];
  }
  const checks: Check[] = [];
  for (const { id, what, actions } of [
    { id: 'iam', what: 'plans', actions: actionsOfPlans(subject) },
    { id: 'iam-scan', what: 'scans', actions: actionsOfScans(subject) },
  ]) {
    checks.push(
      await check(
        id,
        `IAM allows Backstage the calls of ${what}`,
        () => allows(clients, identity, subject, { what, actions }, signal),
        signal,
      ),
    );
  }
  return checks;
}

function actionsOfPlans({ databases, sharesOut, consumes }: DoctorSubject) {
  return [
    ...(databases.size > 0 ? PLANNED_ACTIONS.owner : []),
    ...(sharesOut ? PLANNED_ACTIONS.sharing : []),
    ...(consumes ? PLANNED_ACTIONS.consumer : []),
  ];
}

function actionsOfScans({ databases, consumes }: DoctorSubject) {
  const { owner, consumer } = NEEDED_ACTIONS.scan;
  return [...(databases.size > 0 ? owner : []), ...(consumes ? consumer : [])];
}

async function allows(
  clients: AwsClients,
  identity: string,
  { accountId, region }: DoctorSubject,
  { what, actions }: { what: string; actions: string[] },
  signal?: AbortSignal,
): Promise<Finding> {
  const arn = await ownArn(clients, identity, accountId, region, signal);
  const denied = await deniedActions(
    clients,
    { arn, accountId, region },
    [...new Set(actions)],
    ['*'],
    signal,
  );
  // Policies for some resources only do not show here: glue's may be so.
  const surely = denied.filter(
    one => one.isExplicit || !one.action.startsWith('glue:'),
  );
  return surely.length === 0
    ? ok(`IAM allows ${arn} what ${what} call`)
    : failed(
        `IAM does not allow ${arn} ${surely.map(one => one.action).join(', ')}`,
        'Add the actions to its IAM policy; docs/iam has the whole of it',
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
  const found = await findIamPrincipal(
    clients,
    { id: `role/${name}`, accountId, region, isRole: true },
    signal,
  );
  return found?.arn ?? identity;
}
