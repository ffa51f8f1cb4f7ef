/**
 * Requests as large as the contract takes, against the running plugin with a
 * fake system: how long each takes, and for how long at most it holds the event
 * loop, during which nobody else is answered.
 */
import {
  ANA,
  ANALYSTS_ROLE,
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
  longFilter,
  many,
  tableNames,
  unknown,
  wide,
} from './wideProducts';

const ROUNDS = 3;

async function round(measured: Measure): Promise<void> {
  const products = [wide(), many];
  const { call, setProducts, stop } = await startBackend({
    products,
    provisioner: new FilteringProvisioner(),
  });
  const ofWide = (columns: string[], principal?: string) => ({
    body: draft('wide', [{ table: 'wide', columns }], principal),
  });
  const filtered = {
    body: draft(
      'many',
      tableNames.map(table => ({ table, rowFilter: longFilter })),
    ),
  };
  const measure = (what: string, ...args: Parameters<typeof call>) =>
    measured(what, call(...args));
  const preview = '/requests/preview';
  try {
    // Nobody's first request: code is compiled, caches are filled.
    await call(preview, ANA, ofWide(known));
    await measure('preview, all known', preview, ANA, ofWide(known));
    await measure('preview, all unknown', preview, ANA, ofWide(unknown));
    await measure('submit, all unknown', '/requests', ANA, {
      ...ofWide(unknown),
      expected: 400,
    });
    const made = await measure('submit, all known', '/requests', ANA, {
      ...ofWide(known),
      expected: 201,
    });
    await measure('submit again', '/requests', ANA, {
      ...ofWide(known, ANALYSTS_ROLE),
      expected: 201,
    });
    await measure('submit for 20 principals', '/requests', OMAR, {
      body: {
        ...draft('wide', [{ table: 'wide', columns: known }]),
        principals: Array.from({ length: 20 }, (_, index) => `fake:r${index}`),
      },
      expected: 201,
    });
    await measure('list those', '/requests?limit=100', OMAR);
    const { id, version } = JSON.parse(made).items[0];
    await measure('open it', `/requests/${id}`, OMAR);
    await measure('preview with 1,000 filters', preview, ANA, filtered);
    await measure('submit with 1,000 filters', '/requests', ANA, {
      ...filtered,
      expected: 201,
    });
    setProducts([wide({ pii: true }), many]);
    await measure('preview, all columns changed', preview, ANA, ofWide(known));
    setProducts(products);
    await measure('preview, all loosened', preview, ANA, ofWide(known));
    const { items } = JSON.parse(
      (await call('/publications?view=mine', OMAR)).answer,
    );
    const loosened = items.find(
      (item: { productRef: string }) =>
        item.productRef === 'dataproduct:default/wide',
    );
    await measure('publication of it', `/publications/${loosened.id}`, OMAR);
    await measure('open it, all changed', `/requests/${id}`, OMAR);
    await measure('approve it', `/requests/${id}/decisions`, OMAR, {
      body: { decision: 'approve' },
      headers: { 'if-match': String(version + 1) },
    });
    await measure('list requests', '/requests?limit=100', ANA);
    await measure('list publications', '/publications?limit=100', OMAR);
  } finally {
    await stop();
  }
}

runBench(async () => {
  const rounds = await measureRounds(ROUNDS, round);
  printRounds(`${COLUMNS} columns of one table`, rounds);
  checkRounds(rounds);
});
