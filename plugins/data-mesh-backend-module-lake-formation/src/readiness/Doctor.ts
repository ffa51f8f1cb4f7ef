import type {
  DoctorReport,
  OutputPort,
  Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { accountInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import { AwsClients } from '../aws/AwsClients';
import { AccountConfig } from '../config';
import {
  DefaultRegion,
  checkPortLocation,
  readPortLocation,
} from '../model/PortLocation';
import { PORT_TYPE } from '../planning/planAccess';
import { diagnoseAccount } from './accountDiagnosis';

/** An account and region, and what it is to the mesh. */
export interface DoctorSubject {
  accountId: string;
  region: string;
  /** Databases of ports; none in accounts that only consume. */
  databases: Map<string, { catalogId: string; database: string }>;
  /** Principals of other accounts are granted access to its catalog. */
  sharesOut: boolean;
  /** Its principals are granted access to catalogs of other accounts. */
  consumes: boolean;
}

/**
 * Looks at accounts before plans do: what would make one fail, and how to mend
 * it.
 */
export class Doctor {
  readonly #clients: AwsClients;
  readonly #accounts: AccountConfig[];
  readonly #regionOf: DefaultRegion;

  constructor(options: {
    clients: AwsClients;
    accounts: AccountConfig[];
    regionOf: DefaultRegion;
  }) {
    this.#clients = options.clients;
    this.#accounts = options.accounts;
    this.#regionOf = options.regionOf;
  }

  async diagnose(
    { ports, principals }: { ports: OutputPort[]; principals: Principal[] },
    signal?: AbortSignal,
  ): Promise<DoctorReport['items']> {
    const items: DoctorReport['items'] = portItems(ports, this.#regionOf);
    const subjects = doctorSubjects(ports, principals, this.#regionOf);
    // One account after the other: this is no race, and they share no pace.
    for (const subject of subjects) {
      const { accountId, region } = subject;
      items.push({
        subject: `${accountInWords({
          accountId,
          accountAlias: this.#accounts.find(one => one.accountId === accountId)
            ?.alias,
        })} in ${region}`,
        accountId,
        region,
        checks: await diagnoseAccount(this.#clients, subject, signal),
      });
    }
    return items;
  }
}

/** Ports whose location cannot be read have no account to look at. Pure. */
function portItems(
  ports: OutputPort[],
  regionOf: DefaultRegion,
): DoctorReport['items'] {
  return ports
    .filter(port => port.type === PORT_TYPE)
    .flatMap(port => {
      const problems = checkPortLocation(port, regionOf);
      if (problems.length === 0) return [];
      return [
        {
          subject: `Port ${port.name}`,
          checks: problems.map(({ field, reason }) => ({
            id: `port:${field}`,
            title: 'The location of the port can be read',
            state: 'failed' as const,
            words: `${field} ${reason}`,
            fix: 'Correct the port in the file of its product',
          })),
        },
      ];
    });
}

/** The accounts that ports and principals live in. Pure. */
export function doctorSubjects(
  ports: OutputPort[],
  principals: Principal[],
  regionOf: DefaultRegion,
): DoctorSubject[] {
  const subjects = new Map<string, DoctorSubject>();
  const subject = (accountId: string, region: string): DoctorSubject => {
    const key = `${accountId}/${region}`;
    const known = subjects.get(key) ?? {
      accountId,
      region,
      databases: new Map(),
      sharesOut: false,
      consumes: false,
    };
    subjects.set(key, known);
    return known;
  };
  const locations = ports
    .filter(
      port =>
        port.type === PORT_TYPE &&
        checkPortLocation(port, regionOf).length === 0,
    )
    .map(port => readPortLocation(port, regionOf));
  const consumers = new Set(principals.flatMap(one => one.accountId ?? []));
  for (const { accountId, region, catalogId, database } of locations) {
    const owner = subject(accountId, region);
    owner.databases.set(`${catalogId}/${database}`, { catalogId, database });
    owner.sharesOut ||= [...consumers].some(one => one !== accountId);
    for (const consumer of consumers) {
      // Links stand in the region of what they lead to.
      if (consumer !== accountId) subject(consumer, region).consumes = true;
    }
  }
  return [...subjects.values()].sort((a, b) =>
    `${a.accountId}/${a.region}` < `${b.accountId}/${b.region}` ? -1 : 1,
  );
}
