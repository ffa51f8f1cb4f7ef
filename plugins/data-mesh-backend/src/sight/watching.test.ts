import type { DoctorReport } from '@lakemesh/backstage-plugin-data-mesh-common';
import { testDatabases } from '../testing/databases';
import {
  DORA,
  EVE,
  GIL,
  OMAR,
  STELLA,
  aProduct,
  thePeople,
} from '../testing/meshFixture';
import { startMesh, type Mesh } from '../testing/startMesh';

const databases = testDatabases();
const AUDE = 'user:default/aude';
const ERROR = 'AccessDenied for arn:aws:iam::999999999999:role/scanner';

const [port] = aProduct().spec.outputPorts;
const inDatabase = (database: string) => [{ ...port, location: { database } }];

describe.each(databases.eachSupportedId())('watching, on %s', id => {
  let mesh: Mesh;

  beforeEach(async () => {
    mesh = await startMesh({
      knex: await databases.migrated(id),
      people: {
        memberships: { ...thePeople.memberships, auditors: ['aude'] },
      },
      config: { auditors: ['group:default/auditors'] },
      products: [
        aProduct(),
        // In the place of sales, of a team that does not belong there.
        aProduct({
          name: 'guest',
          spec: {
            owner: 'group:default/stewards',
            domain: 'logistics',
            outputPorts: inDatabase('sales'),
          },
        }),
        // Where nobody holds anything, of an owner who does not exist.
        aProduct({
          name: 'visits',
          spec: {
            owner: 'group:default/gone',
            domain: 'logistics',
            outputPorts: inDatabase('visits'),
          },
        }),
      ],
      domains: [
        {
          domain: 'sales',
          teams: ['sales'],
          holds: [{ system: 'fake', catalogId: 'fake', database: 'sales' }],
        },
      ],
    });
    mesh.provisioner.scanner.accounts.set('sales', 'fake');
    mesh.provisioner.scanner.accounts.set('visits', 'other');
    await mesh.runTask('data-mesh-publish');
  });

  afterEach(() => mesh.stop());

  const read = async (userRef: string, path: string) => {
    const { status, body } = await mesh.as(userRef).get(path);
    expect({ path, status, error: body.error?.message }).toEqual({
      path,
      status: 200,
    });
    return body;
  };

  it('publications are told to auditors with what waits, who decide nothing', async () => {
    const guest = 'productRef=dataproduct:default/guest';
    const { items } = await read(AUDE, `/v1/publications?${guest}`);
    const seen = await read(AUDE, `/v1/publications/${items[0].id}`);
    expect(seen).toMatchObject({
      state: 'pending',
      actions: [],
      whyNotDecide: expect.stringMatching(/does not belong there/),
    });
    expect(seen.differences.length).toBeGreaterThan(0);
    const decided = await mesh.as(AUDE).post(
      `/v1/publications/${seen.id}/decisions`,
      {
        accept: seen.differences.map((one: { id: string }) => one.id),
        sendBack: [],
      },
      { 'if-match': String(seen.version) },
    );
    expect(decided.status).toBe(403);
  });

  describe('scans', () => {
    beforeEach(async () => {
      await mesh.runTask('data-mesh-scan');
      await mesh
        .knex('scans')
        .where({ target_id: 'fake:visits' })
        .update({ state: 'failed', error: ERROR });
    });

    it('are told each to governance and auditors', async () => {
      for (const userRef of [GIL, AUDE]) {
        const { items, others, maySteer } = await read(userRef, '/v1/scans');
        expect(items).toMatchObject([
          { target: { accountId: 'fake' }, last: { state: 'done' } },
          { target: { accountId: 'other' }, last: { error: ERROR } },
        ]);
        expect([others, maySteer]).toEqual([undefined, userRef === GIL]);
      }
    });

    it('are told to a domain of the accounts in which it holds a place', async () => {
      const { items, others } = await read(DORA, '/v1/scans');
      expect(items).toMatchObject([
        { target: { accountId: 'fake' }, last: { state: 'done' } },
      ]);
      expect(others).toEqual({ targets: 1, state: 'failed' });
    });

    it('are told to others by state and time, without accounts and errors', async () => {
      for (const userRef of [OMAR, EVE]) {
        const status = await read(userRef, '/v1/scans');
        expect(status).toMatchObject({
          items: [],
          others: { targets: 2, state: 'failed', doneAt: expect.any(String) },
        });
        expect(JSON.stringify(status)).not.toMatch(/fake|other"|999999|Denied/);
      }
    });
  });

  describe('what the doctor finds', () => {
    const found = async (userRef: string) =>
      ((await read(userRef, '/v1/doctor')) as DoctorReport).items.flatMap(
        ({ subject, checks }) => checks.map(check => `${check.id} ${subject}`),
      );
    const ofPlaces = (checks: string[]) =>
      checks
        .filter(check =>
          /^(place|publication|name|port-held|table)/.test(check),
        )
        .sort();

    it('is all told to governance and auditors', async () => {
      const all = [
        'name-dangles domain:default/logistics',
        'name-dangles group:default/gone',
        'place-held fake, database visits',
        'port-held Sales orders, port lake',
        'publication Sales orders, port lake',
        'publication Sales orders, port lake',
        'table-of-one-product sales.customers',
        'table-of-one-product sales.orders',
      ];
      expect(ofPlaces(await found(GIL))).toEqual(all);
      expect(ofPlaces(await found(AUDE))).toEqual(all);
    });

    it('is told to the owner of a domain of its products and places', async () => {
      expect(ofPlaces(await found(DORA))).toEqual([
        // The guest, whose tables are in its place.
        'port-held Sales orders, port lake',
        'publication Sales orders, port lake',
        'table-of-one-product sales.customers',
        'table-of-one-product sales.orders',
      ]);
    });

    it('is told to the owner of a product of that', async () => {
      expect(ofPlaces(await found(OMAR))).toEqual([
        'table-of-one-product sales.customers',
        'table-of-one-product sales.orders',
      ]);
      expect(ofPlaces(await found(STELLA))).toEqual([
        'name-dangles domain:default/logistics',
        'port-held Sales orders, port lake',
        'publication Sales orders, port lake',
        'table-of-one-product sales.customers',
        'table-of-one-product sales.orders',
      ]);
    });

    it('is not told to those who are in charge of nothing', async () => {
      expect(await found(EVE)).toEqual([]);
    });
  });
});
