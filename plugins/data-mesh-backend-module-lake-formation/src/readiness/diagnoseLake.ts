import type {
  DoctorReport,
  OutputPort,
  Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { accountInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  ReadinessChecker,
  ResourceTagger,
  TagFinding,
  TaggedProduct,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { AwsClients } from '../aws/AwsClients';
import { mapLimited } from '../aws/mapLimited';
import { AccountConfig } from '../config';
import {
  DefaultRegion,
  checkPortLocation,
  readPortLocation,
  PORT_TYPE,
} from '../lake/PortLocation';
import type { DoctorSubject } from './DoctorSubject';
import { diagnoseAccount } from './accountDiagnosis';
import { Finding, check, ok, reasonOf, unknown, warning } from './checks';

/** Accounts that are looked at at the same time: each has its own pace. */
const ACCOUNTS_AT_ONCE = 4;

/** What looking at accounts takes. */
export interface DoctorDeps {
  clients: AwsClients;
  accounts: AccountConfig[];
  regionOf: DefaultRegion;
  tagger: ResourceTagger;
}

/**
 * Looks at accounts before plans do: what would make one fail, and how to mend
 * it.
 */
export async function diagnoseLake(
  deps: DoctorDeps,
  {
    ports,
    principals,
    products = [],
  }: Parameters<ReadinessChecker['diagnose']>[0],
  signal?: AbortSignal,
): Promise<DoctorReport['items']> {
  const { accounts, regionOf } = deps;
  const looked = await mapLimited(
    doctorSubjects(ports, principals, regionOf, accounts),
    ACCOUNTS_AT_ONCE,
    subject => diagnoseSubject(deps, subject, signal),
  );
  const tags = await mapLimited(products, ACCOUNTS_AT_ONCE, product =>
    diagnoseTags(deps, product, signal),
  );
  return [...portItems(ports, regionOf), ...looked, ...tags.flat()];
}

/** Nothing where no ontology says anything of the domain. */
async function diagnoseTags(
  { tagger }: DoctorDeps,
  product: TaggedProduct,
  signal?: AbortSignal,
): Promise<DoctorReport['items']> {
  const title = 'LF-Tags are as the product asks for';
  let isKept = true;
  const looked = await check('lf-tags', title, async () => {
    const { keys, findings } = await tagger.plan(product, { signal });
    isKept = keys.length > 0;
    return tagsFinding(findings);
  });
  return isKept
    ? [{ subject: `LF-Tags of ${product.productRef}`, checks: [looked] }]
    : [];
}

/** Where the time is up, what is left is unknown; what was seen stays. */
async function diagnoseSubject(
  { accounts, clients }: DoctorDeps,
  subject: DoctorSubject,
  signal?: AbortSignal,
): Promise<DoctorReport['items'][number]> {
  const { accountId, region } = subject;
  const accountAlias = accounts.find(
    account => account.accountId === accountId,
  )?.alias;
  const item = {
    subject: `${accountInWords({ accountId, accountAlias })} in ${region}`,
    accountId,
    region,
  };
  try {
    const checks = await diagnoseAccount(clients, subject, signal);
    return { ...item, checks };
  } catch (error) {
    if (!signal?.aborted) throw error;
    const title = 'The account was looked at';
    const words = `The time for looking was up: ${reasonOf(signal.reason)}`;
    return {
      ...item,
      checks: [{ id: 'account', title, ...unknown(words) }],
    };
  }
}

const TOLD = 3;

/** Pure. */
export function tagsFinding(findings: TagFinding[]): Finding {
  if (findings.length === 0) return ok('All tags are there');
  const more = findings.length - TOLD;
  return warning(
    `${findings
      .slice(0, TOLD)
      .map(one => one.words.text)
      .join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
    'Have the owner of the product apply its tags, or correct classification and tags of the product: who has access by tag expression sees more or less than the product says',
  );
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
  accounts: AccountConfig[] = [],
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
      if (consumer === accountId) continue;
      // Links stand in the region of what they lead to, if nothing else is said.
      const linked = accounts.find(one => one.accountId === consumer)?.links
        ?.region;
      subject(consumer, linked ?? region).consumes = true;
    }
  }
  return [...subjects.values()].sort((a, b) =>
    `${a.accountId}/${a.region}` < `${b.accountId}/${b.region}` ? -1 : 1,
  );
}
