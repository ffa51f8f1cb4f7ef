import type {
  Check,
  DoctorReport,
  Readiness,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  AccessInForce,
  ReadinessChecker,
  ResourceTagger,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { AwsClients } from '../aws/AwsClients';
import { AccountConfig } from '../config';
import { DefaultRegion } from '../lake/PortLocation';
import { PrincipalSession } from '../vending/PrincipalSession';
import { VendingConfig } from '../vending/vendingConfig';
import { AccessSubject, accessSubject, readPlaces } from './AccessSubject';
import { diagnoseLake, DoctorDeps } from './diagnoseLake';
import { check, unknown } from './checks';
import { ObserveStep, stepsAreInForce } from './grantChecks';
import { linkResolves } from './linkChecks';
import {
  allowsDataAccess,
  allowsGlueReads,
  principalExists,
} from './principalChecks';
import { shareCheck } from './shareChecks';
import { tableChecks } from './tableChecks';

/**
 * Says whether a principal can really query, and what would make plans fail.
 * Only looks: nobody's IAM is changed, and what cannot be looked at is unknown.
 */
export class LakeFormationReadiness implements ReadinessChecker {
  readonly #clients: AwsClients;
  readonly #regionOf: DefaultRegion;
  readonly #observe: ObserveStep;
  readonly #session?: PrincipalSession;
  readonly #doctor: DoctorDeps;

  constructor(options: {
    clients: AwsClients;
    accounts: AccountConfig[];
    regionOf: DefaultRegion;
    observe: ObserveStep;
    /** To look as the principal itself, where that is allowed. */
    vending?: VendingConfig;
    tagger: ResourceTagger;
  }) {
    const { clients, vending } = options;
    this.#clients = clients;
    this.#regionOf = options.regionOf;
    this.#observe = options.observe;
    this.#session = vending && new PrincipalSession(clients, vending);
    this.#doctor = options;
  }

  async check(
    access: AccessInForce,
    options: { signal?: AbortSignal } = {},
  ): Promise<Omit<Readiness, 'checkedAt'>> {
    const subject = accessSubject(access, this.#regionOf, options.signal);
    const checks = [
      ...(await this.#ofPrincipal(subject)),
      await this.#ofGrants(subject),
      ...(await shareCheck(this.#clients, subject)),
      ...(await this.#ofLinks(subject)),
      ...(await tableChecks(this.#clients, subject)),
    ];
    return { ready: readyBy(checks), checks };
  }

  diagnose(
    subjects: Parameters<ReadinessChecker['diagnose']>[0],
    options: { signal?: AbortSignal } = {},
  ): Promise<DoctorReport['items']> {
    return diagnoseLake(this.#doctor, subjects, options.signal);
  }

  async #ofPrincipal(subject: AccessSubject): Promise<Check[]> {
    const { principal, location, signal } = subject;
    const { accountId, kind } = principal;
    if (kind === 'account' || kind.startsWith('organization')) return [];
    const exists = await check(
      'principal',
      'The principal exists',
      () => principalExists(this.#clients, principal, location.region, signal),
      signal,
    );
    if ((kind !== 'iam-role' && kind !== 'iam-user') || !accountId) {
      return [exists];
    }
    // What is not there has no policies to ask for.
    if (exists.state === 'failed') return [exists];
    const iam = { ...principal, accountId };
    return [
      exists,
      await check(
        'iam-data-access',
        'Its IAM policies allow asking Lake Formation for data',
        () => allowsDataAccess(this.#clients, iam, location.region, signal),
        signal,
      ),
      await check(
        'iam-glue',
        'Its IAM policies allow reading metadata in Glue',
        () => allowsGlueReads(this.#clients, iam, readPlaces(subject), signal),
        signal,
      ),
    ];
  }

  #ofGrants({ steps, signal }: AccessSubject): Promise<Check> {
    return check(
      'grants',
      'What was provisioned is in force',
      () => stepsAreInForce(steps, this.#observe, signal),
      signal,
    );
  }

  async #ofLinks(subject: AccessSubject): Promise<Check[]> {
    const { links, tables, principal, signal } = subject;
    const checks: Check[] = [];
    for (const link of links) {
      const table = link.target.table ?? tables[0];
      const id = `link:${link.database}${link.table ? `.${link.table}` : ''}`;
      checks.push(
        await check(
          id,
          `Resource link ${link.database} leads to the data`,
          async () => {
            if (!table) {
              return unknown('The port names no table to look for');
            }
            if (this.#session && principal.kind === 'iam-role') {
              return this.#session.run(
                principal,
                link.region,
                ({ glue }) =>
                  linkResolves(
                    { glue, isPrincipal: true },
                    link,
                    table,
                    signal,
                  ),
                signal,
              );
            }
            const { glue } = await this.#clients.get(
              link.accountId,
              link.region,
            );
            return linkResolves(
              { glue, isPrincipal: false },
              link,
              table,
              signal,
            );
          },
          signal,
        ),
      );
    }
    return checks;
  }
}

function readyBy(checks: Check[]): Readiness['ready'] {
  if (checks.some(one => one.state === 'failed')) return 'no';
  return checks.some(one => one.state === 'unknown') ? 'unknown' : 'yes';
}
