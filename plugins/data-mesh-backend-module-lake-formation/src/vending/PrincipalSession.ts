import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { InputError } from '@backstage/errors';
import type { Principal } from '@lakemesh/backstage-plugin-data-mesh-common';
import { AccountClients, AwsClients } from '../aws/AwsClients';
import { VendingConfig } from './vendingConfig';

/** Longest that a session lasts which another role has assumed. */
const SESSION_SECONDS = 900;

/**
 * What the session may do, whatever else its role may: look at tables, and ask
 * for data.
 */
const SESSION_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: [
        'glue:GetTable',
        'glue:GetDatabase',
        'lakeformation:GetDataAccess',
        'lakeformation:GetTemporaryGlueTableCredentials',
      ],
      Resource: '*',
    },
  ],
});

interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/**
 * Acts as the role of a principal, for one piece of work and for no more than
 * its session policy allows. Keys are kept nowhere.
 */
export class PrincipalSession {
  readonly #clients: AwsClients;
  readonly #config: VendingConfig;

  constructor(clients: AwsClients, config: VendingConfig) {
    this.#clients = clients;
    this.#config = config;
  }

  /** @throws the SDK's error where the role may not be assumed */
  async run<T>(
    principal: Principal,
    region: string,
    work: (clients: AccountClients) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const { accountId } = principal;
    if (principal.kind !== 'iam-role' || !accountId) {
      throw new InputError(
        `principal '${principal.id}' is no IAM role, and only those can be assumed`,
      );
    }
    const { sts } = await this.#clients.get(accountId, region);
    const { roleName } = this.#config;
    const keys = roleName
      ? await this.#through(sts, { roleName, principal, region }, signal)
      : await this.#assume(sts, principal.id, signal);
    const clients = this.#clients.withKeys(keys, region);
    try {
      return await work(clients);
    } finally {
      Object.values(clients).forEach(client => client.destroy());
    }
  }

  async #through(
    sts: STSClient,
    by: { roleName: string; principal: Principal; region: string },
    signal?: AbortSignal,
  ): Promise<Keys> {
    const [partition] = /^arn:[\w-]+/.exec(by.principal.id) ?? ['arn:aws'];
    const keys = await this.#assume(
      sts,
      `${partition}:iam::${by.principal.accountId}:role/${by.roleName}`,
      signal,
      { isPrincipal: false },
    );
    const clients = this.#clients.withKeys(keys, by.region);
    try {
      return await this.#assume(clients.sts, by.principal.id, signal);
    } finally {
      Object.values(clients).forEach(client => client.destroy());
    }
  }

  async #assume(
    sts: STSClient,
    roleArn: string,
    signal?: AbortSignal,
    { isPrincipal } = { isPrincipal: true },
  ): Promise<Keys> {
    const { sessionTagValue } = this.#config;
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: 'lakemesh',
        DurationSeconds: SESSION_SECONDS,
        ...(isPrincipal && {
          Policy: SESSION_POLICY,
          ...(sessionTagValue && {
            Tags: [
              { Key: 'LakeFormationAuthorizedCaller', Value: sessionTagValue },
            ],
          }),
        }),
      }),
      { abortSignal: signal },
    );
    const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey || !SessionToken) {
      throw new Error(`AWS gave no keys for ${roleArn}`);
    }
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    };
  }
}
