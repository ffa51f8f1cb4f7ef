import { isError } from '@backstage/errors';
import type { Principal } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ResolvedPort } from '@lakemesh/backstage-plugin-data-mesh-node';
import { AwsClients } from '../aws/AwsClients';
import { CredentialsError } from '../aws/CredentialsError';
import { TogetherLooks } from '../aws/TogetherLooks';
import { AccountConfig } from '../config';
import { PortLocation } from '../lake/PortLocation';
import { findIamPrincipal } from './findIamPrincipal';

/** What is known of a principal: an empty answer where it is nothing. */
type Known = Required<Pick<ResolvedPort, 'identities' | 'missing'>>;

const UNKNOWN: Known = { identities: {}, missing: [] };

/** IAM and STS where somebody may not look, by whichever way they say it. */
const NOT_FOR_US =
  /^(AccessDenied|UnauthorizedOperation|UnrecognizedClient|InvalidClientTokenId|CredentialsProviderError|ExpiredToken|OptInRequired|SignatureDoesNotMatch)/;

const mayNotLook = (error: unknown): boolean =>
  error instanceof CredentialsError ||
  (isError(error) && NOT_FOR_US.test(error.name));

/**
 * Looks up who access is given to, where that is a role or user of an account
 * that is configured. IAM gives another unique id to whoever is created anew
 * under the same name, and Lake Formation's grants apply to them all the same.
 */
export class PrincipalReader {
  readonly #clients: AwsClients;
  readonly #accounts: AccountConfig[];
  readonly #looks = new TogetherLooks<Known>();

  constructor(clients: AwsClients, accounts: AccountConfig[]) {
    this.#clients = clients;
    this.#accounts = accounts;
  }

  /** Who may not be looked at is unknown, which is no error. */
  async read(
    principal: Principal,
    location: PortLocation,
    options: { signal?: AbortSignal; together?: object } = {},
  ): Promise<Known> {
    const { signal, together } = options;
    if (!this.#isOurs(principal, location)) return UNKNOWN;
    return this.#looks.once(together, principal.id, () =>
      this.#look(principal, location.region, signal),
    );
  }

  #isOurs({ accountId, kind }: Principal, location: PortLocation): boolean {
    return (
      (kind === 'iam-role' || kind === 'iam-user') &&
      (accountId === location.accountId ||
        this.#accounts.some(account => account.accountId === accountId))
    );
  }

  async #look(
    { id, accountId = '', kind }: Principal,
    region: string,
    signal?: AbortSignal,
  ): Promise<Known> {
    const key = `principal:${id}`;
    try {
      const found = await findIamPrincipal(
        this.#clients,
        { id, accountId, region, isRole: kind === 'iam-role' },
        signal,
      );
      // One of another path is another one: Lake Formation goes by the ARN.
      if (found?.arn !== id) return { identities: {}, missing: [key] };
      return {
        identities: found.uniqueId ? { [key]: found.uniqueId } : {},
        missing: [],
      };
    } catch (error) {
      signal?.throwIfAborted();
      if (mayNotLook(error)) return UNKNOWN;
      throw error;
    }
  }
}
