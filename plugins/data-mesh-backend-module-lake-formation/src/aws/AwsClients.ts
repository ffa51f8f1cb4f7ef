import { GlueClient } from '@aws-sdk/client-glue';
import { IAMClient } from '@aws-sdk/client-iam';
import { LakeFormationClient } from '@aws-sdk/client-lakeformation';
import { RAMClient } from '@aws-sdk/client-ram';
import { STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialsManager } from '@backstage/integration-aws-node';
import { LakeFormationConfig } from '../config';
import { AwsMeter } from './AwsMeter';
import { CredentialsError } from './CredentialsError';
import { Sleep, TokenBucket } from './TokenBucket';

/** The clients of one account and region. */
export interface AccountClients {
  lakeFormation: LakeFormationClient;
  glue: GlueClient;
  ram: RAMClient;
  iam: IAMClient;
  sts: STSClient;
}

/** Gives the clients of an account and region, made once. */
export class AwsClients {
  readonly #config: LakeFormationConfig;
  readonly #credentials: AwsCredentialsManager;
  readonly #now: () => number;
  readonly #sleep: Sleep;
  readonly #meter: Pick<AwsMeter, 'watch'> | undefined;
  readonly #clients = new Map<string, AccountClients>();

  constructor(options: {
    config: LakeFormationConfig;
    credentials: AwsCredentialsManager;
    now: () => number;
    sleep: Sleep;
    meter?: Pick<AwsMeter, 'watch'>;
  }) {
    this.#config = options.config;
    this.#credentials = options.credentials;
    this.#now = options.now;
    this.#sleep = options.sleep;
    this.#meter = options.meter;
  }

  /** @throws CredentialsError where none are configured for the account */
  async get(accountId: string, region: string): Promise<AccountClients> {
    const key = `${accountId}/${region}`;
    const known = this.#clients.get(key);
    if (known) return known;
    const credentials = await this.#credentialsOf(accountId);
    // Another caller may have been faster while we waited.
    const clients =
      this.#clients.get(key) ?? this.#make(credentials, region, accountId);
    this.#clients.set(key, clients);
    return clients;
  }

  /**
   * Clients that act by temporary keys. They are not kept: whoever asks for them
   * closes them.
   */
  withKeys(
    keys: {
      accessKeyId: string;
      secretAccessKey: string;
      sessionToken: string;
    },
    region: string,
  ): AccountClients {
    return this.#make(async () => keys, region);
  }

  /** Closes all connections. */
  destroy(): void {
    for (const clients of this.#clients.values()) {
      Object.values(clients).forEach(client => client.destroy());
    }
    this.#clients.clear();
  }

  async #credentialsOf(accountId: string) {
    try {
      const { sdkCredentialProvider } =
        await this.#credentials.getCredentialProvider({ accountId });
      return sdkCredentialProvider;
    } catch (cause) {
      throw new CredentialsError(accountId, cause);
    }
  }

  #make(
    credentials: Awaited<
      ReturnType<AwsCredentialsManager['getCredentialProvider']>
    >['sdkCredentialProvider'],
    region: string,
    accountId?: string,
  ): AccountClients {
    const {
      endpoint,
      maxAttempts,
      connectionTimeoutMs,
      requestTimeoutMs,
      requestsPerSecond,
    } = this.#config;
    const settings = {
      region,
      credentials,
      maxAttempts,
      retryMode: 'adaptive',
      customUserAgent: 'lakemesh',
      requestHandler: {
        connectionTimeout: connectionTimeoutMs,
        requestTimeout: requestTimeoutMs,
        throwOnRequestTimeout: true,
      },
      ...(endpoint && { endpoint }),
    };
    const clients: AccountClients = {
      lakeFormation: new LakeFormationClient(settings),
      glue: new GlueClient(settings),
      ram: new RAMClient(settings),
      iam: new IAMClient(settings),
      sts: new STSClient(settings),
    };
    const pace = new TokenBucket({
      perSecond: requestsPerSecond,
      burst: Math.max(1, requestsPerSecond),
      now: this.#now,
      sleep: this.#sleep,
    });
    const paced: Array<Pick<LakeFormationClient, 'middlewareStack'>> =
      Object.values(clients);
    for (const client of paced) {
      // After the retries in the stack, so that every attempt counts.
      client.middlewareStack.add(
        next => async args => {
          await pace.take();
          return next(args);
        },
        { step: 'finalizeRequest', priority: 'low', name: 'pace' },
      );
      this.#meter?.watch(client, { accountId, region });
    }
    return clients;
  }
}
