/**
 * What follows from requests as large as the contract takes: access, the audit
 * trail, scans, drift and questions about all of it.
 */
import { setTimeout } from 'node:timers/promises';
import {
  DORA,
  GIL,
  OLGA,
  OMAR,
} from '../plugins/data-mesh-backend/src/testing/meshFixture';
import {
  checkRounds,
  measureRounds,
  printRounds,
  type Measure,
} from './measureRounds';
import { runBench } from './runBench';
import { startBackend } from './startBackend';
import {
  COLUMNS,
  FilteringProvisioner,
  draft,
  known,
  many,
  tableNames,
  wide,
} from './wideProducts';

const ROUNDS = 2;
const PRINCIPALS = 10;
const WIDE = 'dataproduct:default/wide';

/** As many values of a tag as a place takes, each as long as it may be. */
const tagValues = Array.from({ length: 1_000 }, (_, index) =>
  `value_${index}_`.padEnd(256, 'x'),
);

async function round(measured: Measure): Promise<void> {
  const provisioner = new FilteringProvisioner();
  const { call, setProducts, stop } = await startBackend({
    products: [wide(), many],
    provisioner,
  });
  const measure = (what: string, ...args: Parameters<typeof call>) =>
    measured(what, call(...args));
  const read = async (...args: Parameters<typeof call>) =>
    JSON.parse((await call(...args)).answer);
  const post = (body: object, version?: number, expected?: number) => ({
    body,
    ...(version !== undefined && { headers: { 'if-match': `${version}` } }),
    ...(expected !== undefined && { expected }),
  });

  /** Has requests approved, and waits until what they ask for is there. */
  async function grant(body: object) {
    const made = await read('/requests', OMAR, post(body, undefined, 201));
    for (const { id } of made.items) {
      // It may have changed since it was made.
      const { version } = await read(`/requests/${id}`, OLGA);
      await call(
        `/requests/${id}/decisions`,
        OLGA,
        post({ decision: 'approve' }, version),
      );
    }
    for (const { id } of made.items) {
      for (;;) {
        const request = await read(`/requests/${id}`, OMAR);
        if (request.entitlementState === 'active') break;
        await setTimeout(1_000);
      }
    }
  }

  try {
    await grant({
      ...draft('wide', [{ table: 'wide', columns: known.slice(1) }]),
      principals: Array.from(
        { length: PRINCIPALS },
        (_, index) => `fake:r${index}`,
      ),
    });
    await grant({
      ...draft(
        'many',
        tableNames.map(table => ({ table, columns: ['c1', 'c2'] })),
      ),
      principals: ['fake:r0'],
    });
    await measure('list access', '/entitlements?limit=200', OMAR);
    const { items } = await read(
      `/entitlements?limit=1&productRef=${encodeURIComponent(WIDE)}`,
      OMAR,
    );
    const [{ id, principal }] = items;
    const path = `/entitlements/${id}`;
    const manyAccess = (
      await read(
        `/entitlements?limit=1&productRef=${encodeURIComponent(
          'dataproduct:default/many',
        )}`,
        OMAR,
      )
    ).items[0];
    await measure('open access', path, OMAR);
    await measure(
      'open access to 1,000 tables',
      `/entitlements/${manyAccess.id}`,
      OMAR,
    );
    await measure('what ending it takes away', `${path}/revocation`, OMAR);
    await measure('preview amending it', '/requests/preview', OMAR, {
      body: {
        ...draft('wide', [{ table: 'wide', columns: known }], principal.id),
        kind: 'amend',
        entitlementId: id,
      },
    });
    await measure('amend it', '/requests', OMAR, {
      body: {
        ...draft('wide', [{ table: 'wide', columns: known }], principal.id),
        kind: 'amend',
        entitlementId: id,
      },
      expected: 201,
    });
    const { version } = await read(path, OMAR);
    await measure(
      'narrow it',
      `${path}/narrow`,
      OMAR,
      post(
        {
          scope: {
            level: 'read',
            tables: [{ table: 'wide', columns: known.slice(2) }],
          },
          reason: 'Less',
        },
        version,
        202,
      ),
    );

    await measure('scan', '/scans', GIL, post({}, undefined, 202));
    await setTimeout(2_000);
    await measure('grants', '/grants?limit=200', GIL);
    await measure('export of grants', '/grants/export', GIL);
    const grants = await read('/grants?limit=1', GIL);
    await measure(
      'explanation of a grant',
      `/grants/${encodeURIComponent(grants.items[0].id)}/explanation`,
      GIL,
    );
    await measure('grants on a product', '/products/default/wide/grants', OMAR);
    await measure(
      'grants on 1,000 tables',
      '/products/default/many/grants',
      OMAR,
    );
    await measure('drift', '/drift?limit=200', GIL);
    await measure(
      'reconcile, dry run',
      '/reconciliations',
      GIL,
      post({ everything: true, dryRun: true }),
    );
    await measure('doctor', '/doctor', GIL);
    await measure('products', '/products', OMAR);

    const place = {
      system: 'fake',
      catalogId: 'fake',
      tag: { key: 'k', values: tagValues },
    };
    const claim = { domainRef: 'domain:default/sales', place };
    await measure('preview of a claim', '/claims/preview', DORA, post(claim));
    await measure(
      'claim',
      '/claims',
      DORA,
      post({ ...claim, reason: 'Ours' }, undefined, 201),
    );
    await measure('list claims', '/claims?limit=200', GIL);

    setProducts([wide({ pii: true }), many]);
    await call('/requests/preview', OMAR, {
      body: draft('wide', [{ table: 'wide', columns: known }]),
    });
    setProducts([wide(), many]);
    await call('/requests/preview', OMAR, {
      body: draft('wide', [{ table: 'wide', columns: known }]),
    });
    const publications = await read('/publications', GIL);
    const publication = await read(
      `/publications/${
        publications.items.find(
          (one: { productRef: string }) => one.productRef === WIDE,
        ).id
      }`,
      GIL,
    );
    await measure(
      'accept all that loosens',
      `/publications/${publication.id}/decisions`,
      DORA,
      post(
        {
          accept: publication.differences.map((one: { id: string }) => one.id),
          sendBack: [],
        },
        publication.version,
      ),
    );

    const audit = await read('/audit?limit=1', GIL);
    if (audit.items.length !== 1) throw new Error('There is no audit trail');
    await measure('audit trail', '/audit?limit=200', GIL);
    await measure(
      'audit trail of a requester',
      `/audit?limit=200&actorRef=${OMAR}`,
      GIL,
    );
    await measure('export of the audit trail', '/audit/export', GIL);
    await measure('export of it as CSV', '/audit/export?format=csv', GIL);
    await measure('verification of it', '/audit/verification', GIL);
    const now = await read(path, OMAR);
    await measure(
      'revoke',
      `${path}/revoke`,
      OMAR,
      post({ reason: 'Over' }, now.version, 202),
    );
    await setTimeout(500);
    await measure('list own requests', '/requests?limit=200&view=mine', OMAR);
  } finally {
    await stop();
  }
}

runBench(async () => {
  const rounds = await measureRounds(ROUNDS, round);
  printRounds(`access to ${COLUMNS} columns of one table`, rounds);
  checkRounds(rounds);
});
