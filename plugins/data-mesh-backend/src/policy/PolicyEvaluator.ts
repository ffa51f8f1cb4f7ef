import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  assignDeciders,
  evaluatePolicy,
  mergeContributions,
  sentence,
  type PolicyEvaluation,
  type PolicyFacts,
  type PolicyRules,
  type StandIn,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ApprovalPolicy } from '@lakemesh/backstage-plugin-data-mesh-node';
import { ServiceUnavailableError } from '@backstage/errors';
import type { People } from '../people';
import type { PrincipalDirectory } from '../principals/PrincipalDirectory';
import { mayNotDecide } from './mayNotDecide';

/** Asks all policies and finds out who can decide. */
export class PolicyEvaluator {
  readonly #rules: PolicyRules;
  readonly #policies: readonly ApprovalPolicy[];
  readonly #people: Pick<People, 'membersOf'>;
  readonly #principals: Pick<PrincipalDirectory, 'usersBehind'>;
  readonly #logger: LoggerService;

  constructor(options: {
    rules: PolicyRules;
    policies: readonly ApprovalPolicy[];
    people: Pick<People, 'membersOf'>;
    principals: Pick<PrincipalDirectory, 'usersBehind'>;
    logger: LoggerService;
  }) {
    this.#rules = options.rules;
    this.#policies = options.policies;
    this.#people = options.people;
    this.#principals = options.principals;
    this.#logger = options.logger;
  }

  get rules(): PolicyRules {
    return this.#rules;
  }

  /**
   * @param principalVia - entity that is known to lead to the principal. Where
   *   a single user is known to stand behind the principal, they do not decide
   * @throws ServiceUnavailableError where a policy does not answer: what it
   *   would have asked for must not be left out
   */
  async evaluate(
    facts: PolicyFacts,
    principalVia?: string,
  ): Promise<PolicyEvaluation> {
    const added = await Promise.all(
      this.#policies.map(policy => this.#ask(policy, facts)),
    );
    const evaluation = mergeContributions(
      [evaluatePolicy(facts, this.#rules), ...added],
      this.#rules.maxDurationDays,
    );
    const standIns = this.#domainOwner(facts);
    const fallbacks = this.#fallbacks(facts);
    const approvers = [
      ...evaluation.stages,
      ...evaluation.stages.flatMap(one => one.standIns ?? []),
      ...standIns,
      ...fallbacks,
    ].flatMap(one => one.approvers);
    const [members, excluded] = await Promise.all([
      this.#people.membersOf(approvers),
      mayNotDecide(this.#principals, { ...facts, principalVia }),
    ]);
    return assignDeciders(evaluation, {
      members,
      excluded,
      standIns,
      fallbacks,
    });
  }

  #domainOwner({ domainOwnerRef }: PolicyFacts): StandIn[] {
    return domainOwnerRef
      ? [
          {
            approvers: [domainOwnerRef],
            because: sentence('policy.domainOwner'),
          },
        ]
      : [];
  }

  #fallbacks({ governance }: PolicyFacts): StandIn[] {
    const { fallbackApprovers } = this.#rules;
    return [
      { approvers: [...governance], because: sentence('policy.governance') },
      {
        approvers: fallbackApprovers,
        because: sentence('policy.fallback'),
      },
    ].filter(({ approvers }) => approvers.length > 0);
  }

  async #ask(policy: ApprovalPolicy, facts: PolicyFacts) {
    try {
      return await policy.evaluate(facts);
    } catch (error) {
      this.#logger.error(
        `Policy '${policy.name}' failed for ${facts.productRef}`,
        error instanceof Error ? error : undefined,
      );
      throw new ServiceUnavailableError(
        `The policy '${policy.name}' did not answer; nothing was done, try again later`,
        error,
      );
    }
  }
}
