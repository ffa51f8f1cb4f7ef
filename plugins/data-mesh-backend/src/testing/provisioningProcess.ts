// A backend process with nothing but provisioning: run by a test that kills it.
// node --require @backstage/cli/config/nodeTransform.cjs provisioningProcess.ts FILE URL
import knexFactory from 'knex';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { MeshEvents } from '../events';
import { DatabaseAuditLog } from '../audit/DatabaseAuditLog';
import { defaultWorkerConfig } from '../provisioning';
import { createProvisioning } from '../compose/createProvisioning';
import { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { FakeProvisioner } from './FakeProvisioner';
import { RemoteFakeSystem } from './HttpFakeSystem';
import { Governance } from '../people';

const [file, url] = process.argv.slice(2);

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

const logger: LoggerService = {
  error: (message, meta) => say({ error: message, meta: String(meta) }),
  warn: message => say({ warn: message }),
  info: () => {},
  debug: () => {},
  child: () => logger,
};

const knex = knexFactory({
  client: 'better-sqlite3',
  connection: { filename: file },
  useNullAsDefault: true,
});

const provisioners = new ProvisionerRegistry();
provisioners.addProvisioner(new FakeProvisioner(new RemoteFakeSystem(url)));

const refuse = async (): Promise<never> => {
  throw new Error('Nobody calls this process');
};

const events = new MeshEvents({ logger });
events.on('entitlement', ({ kind }) => {
  say({ notice: kind });
});

createProvisioning({
  knex,
  logger,
  audit: new DatabaseAuditLog({ db: knex }),
  provisioners,
  events,
  access: {
    authorizer: { isAllowed: refuse, require: refuse, readFilter: refuse },
    permissions: { authorize: refuse, authorizeConditional: refuse },
    products: { findProduct: refuse, homesOf: refuse },
    principals: { availableTo: refuse, mayUse: refuse },
    governance: new Governance([]),
  },
  requests: { aboutEntitlement: async () => [] },
  config: {
    ...defaultWorkerConfig,
    leaseSeconds: 1,
    pollSeconds: 0.1,
    concurrency: 2,
  },
}).start();

// Keeps the process alive: the worker's own timers do not.
setInterval(() => {}, 60_000);
