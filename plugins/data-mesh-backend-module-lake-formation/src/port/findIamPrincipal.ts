import { GetRoleCommand, GetUserCommand } from '@aws-sdk/client-iam';
import { isError } from '@backstage/errors';
import { AwsClients } from '../aws/AwsClients';

const NOT_THERE = new Set(['NoSuchEntityException', 'NoSuchEntity']);

/** A role or user as IAM has it now. */
export interface IamPrincipal {
  arn: string;
  /** Another one for whoever is created anew under the same name. */
  uniqueId?: string;
}

const found = (
  arn: string | undefined,
  uniqueId: string | undefined,
): IamPrincipal | undefined =>
  arn === undefined ? undefined : { arn, ...(uniqueId && { uniqueId }) };

/** @returns who has the name now, or undefined where nobody does */
export async function findIamPrincipal(
  clients: AwsClients,
  principal: {
    id: string;
    accountId: string;
    region: string;
    isRole: boolean;
  },
  signal?: AbortSignal,
): Promise<IamPrincipal | undefined> {
  const { iam } = await clients.get(principal.accountId, principal.region);
  const name = principal.id.slice(principal.id.lastIndexOf('/') + 1);
  const options = { abortSignal: signal };
  try {
    if (principal.isRole) {
      const { Role } = await iam.send(
        new GetRoleCommand({ RoleName: name }),
        options,
      );
      return found(Role?.Arn, Role?.RoleId);
    }
    const { User } = await iam.send(
      new GetUserCommand({ UserName: name }),
      options,
    );
    return found(User?.Arn, User?.UserId);
  } catch (error) {
    if (isError(error) && NOT_THERE.has(error.name)) return undefined;
    throw error;
  }
}
