import { randomBytes } from 'node:crypto';
import { Glue } from '@aws-sdk/client-glue';
import { IAM } from '@aws-sdk/client-iam';
import {
  LakeFormation,
  PrincipalResourcePermissions,
  Resource,
} from '@aws-sdk/client-lakeformation';
import { RAM } from '@aws-sdk/client-ram';
import { STS } from '@aws-sdk/client-sts';
import { glueModel } from '../wire/models/glue';
import { iamModel } from '../wire/models/iam';
import { lakeFormationModel } from '../wire/models/lakeFormation';
import { ramModel } from '../wire/models/ram';
import { stsModel } from '../wire/models/sts';
import { checked } from './checkedClient';
import { Endpoint } from './Endpoint';

/** AWS's clients of one principal, which check every answer. */
export interface Clients {
  readonly lakeFormation: LakeFormation;
  readonly glue: Glue;
  readonly ram: RAM;
  readonly sts: STS;
  readonly iam: IAM;
}

/** Keys as STS gives them out. */
interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** What a case finds: a database of its own with one table, and principals. */
export interface World {
  readonly account: string;
  readonly consumer: string;
  readonly region: string;
  /** A database that only this case uses, with the table `orders`. */
  readonly database: string;
  /** Where the data of the database is said to be. */
  readonly location: string;
  /** A data lake administrator of the account, who made the database. */
  readonly admin: Clients;
  readonly consumerAdmin: Clients;
  /** A role that no other case uses. */
  readonly analyst: string;
  /** A role of the other account that no other case uses. */
  readonly foreigner: string;
  /** The clients of a role, by AssumeRole. */
  assume(roleArn: string, tags?: Record<string, string>): Promise<Clients>;
  /** A name that no other case uses. */
  unique(prefix: string): string;
  /** The table `orders` as a resource of Lake Formation. */
  readonly orders: Resource;
  columns(...names: string[]): Resource;
  /** The explicit grants on a resource, of one principal or all. */
  grantsOn(
    resource: Resource,
    principal?: string,
  ): Promise<PrincipalResourcePermissions[]>;
  /** Undoes what the case has done outside of its database. */
  undo(step: () => Promise<unknown>): void;
  /** Ends the case: undoes everything, as far as it can be. */
  end(): Promise<void>;
}

const COLUMNS = [
  { Name: 'order_id', Type: 'bigint' },
  { Name: 'email', Type: 'string' },
  { Name: 'amount', Type: 'decimal(10,2)' },
];

export const ordersTable = (location: string, name = 'orders') => ({
  Name: name,
  TableType: 'EXTERNAL_TABLE',
  StorageDescriptor: { Columns: COLUMNS, Location: `${location}/${name}` },
  PartitionKeys: [{ Name: 'day', Type: 'date' }],
});

function clientsOf(endpoint: Endpoint, credentials: Keys): Clients {
  const config = {
    endpoint: endpoint.url,
    region: endpoint.region,
    credentials,
    maxAttempts: 1,
  };
  return {
    lakeFormation: checked(
      new LakeFormation(config),
      'lakeformation',
      lakeFormationModel,
      'json',
    ),
    glue: checked(new Glue(config), 'glue', glueModel, 'json'),
    ram: checked(new RAM(config), 'ram', ramModel, 'json'),
    sts: checked(new STS(config), 'sts', stsModel, 'xml'),
    iam: checked(new IAM(config), 'iam', iamModel, 'xml'),
  };
}

const destroy = (clients: Clients) =>
  Object.values(clients).forEach(client => client.destroy());

/** Makes a database for one case and nobody else. */
export async function openWorld(endpoint: Endpoint): Promise<World> {
  const { account, consumer, region } = endpoint;
  const id = randomBytes(4).toString('hex');
  const unique = (prefix: string) => `${prefix}_${id}`;
  const opened: Clients[] = [];
  const open = (keys: Keys) => {
    const clients = clientsOf(endpoint, keys);
    opened.push(clients);
    return clients;
  };
  const admin = open(endpoint.adminKeys(account));
  const consumerAdmin = open(endpoint.adminKeys(consumer));
  const database = unique('conformance');
  const location = `s3://conformance-${id}/data`;
  const steps: (() => Promise<unknown>)[] = [];

  await admin.glue.createDatabase({
    DatabaseInput: { Name: database, CreateTableDefaultPermissions: [] },
  });
  steps.push(() => admin.glue.deleteDatabase({ Name: database }));
  await admin.glue.createTable({
    DatabaseName: database,
    TableInput: ordersTable(location),
  });

  return {
    account,
    consumer,
    region,
    database,
    location,
    admin,
    consumerAdmin,
    analyst: `arn:aws:iam::${account}:role/${unique('Analyst')}`,
    foreigner: `arn:aws:iam::${consumer}:role/${unique('Foreigner')}`,
    unique,
    orders: { Table: { DatabaseName: database, Name: 'orders' } },
    columns: (...ColumnNames) => ({
      TableWithColumns: { DatabaseName: database, Name: 'orders', ColumnNames },
    }),
    assume: async (RoleArn, tags = {}) => {
      const owner = RoleArn.split(':')[4] === account ? admin : consumerAdmin;
      const { Credentials } = await owner.sts.assumeRole({
        RoleArn,
        RoleSessionName: 'conformance',
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      });
      return open({
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken,
      });
    },
    grantsOn: async (resource, principal) => {
      const { PrincipalResourcePermissions: found = [] } =
        await admin.lakeFormation.listPermissions({ Resource: resource });
      return found.filter(
        ({ Principal }) =>
          !principal || Principal?.DataLakePrincipalIdentifier === principal,
      );
    },
    undo: step => {
      steps.push(step);
    },
    end: async () => {
      for (const step of steps.reverse()) {
        // What is gone already needs no undoing.
        await step().catch(() => undefined);
      }
      opened.forEach(destroy);
    },
  };
}
