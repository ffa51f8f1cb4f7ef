import { grantsAt } from '../__testUtils__/grantsAt';
import { CONSUMER, EmulatedMesh } from '../__testUtils__/EmulatedMesh';
import { DATABASE, anIntent, aPort, roleArn } from '../__testUtils__/builders';
import { DENIED, SCOPES, TOPOLOGIES } from '../__testUtils__/layouts';
import { useMesh } from '../__testUtils__/useMesh';

const world = useMesh();

/** What a role of the account sees of both tables, by its own catalog. */
const seen = async (mesh: EmulatedMesh, role: string, database: string) => ({
  orders: await mesh.columnsSeenBy(role, database, 'orders'),
  customers: await mesh.columnsSeenBy(role, database, 'customers'),
});

describe.each(TOPOLOGIES)('$name', ({ topology, mesh: layout, ...where }) => {
  const port = (tables = ['orders', 'customers']) =>
    aPort(tables, {
      ...(where.dataAccountId && { dataAccountId: where.dataAccountId }),
    });
  const analyst = roleArn('analyst', where.account);
  const stranger = roleArn('stranger', where.account);

  it.each(SCOPES)(
    'lets a role read $name, and nobody else, until it ends',
    async ({ scope, catalog, orders, customers }) => {
      const mesh = await world.start({
        ...layout,
        ...(catalog && { catalog }),
      });
      const before = mesh.state();
      const intent = anIntent({ port: port(), principal: analyst, scope });

      const { plan, live } = await mesh.entitlements.grant(intent);
      expect(plan.topology).toBe(topology);
      expect(await seen(mesh, analyst, DATABASE)).toEqual({
        orders,
        customers,
      });
      expect(await seen(mesh, stranger, DATABASE)).toEqual({
        orders: DENIED,
        customers: DENIED,
      });

      // The list of the port's grants shows who backs it.
      const listed = await grantsAt(mesh.provisioner, port());
      expect(
        listed.filter(grant =>
          mesh.provisioner
            .compare(grant, { steps: live })
            .steps.some(step => step.brought === 'full'),
        ),
      ).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            principal: expect.objectContaining({ name: 'analyst' }),
          }),
        ]),
      );

      await mesh.entitlements.end(live);
      expect(await seen(mesh, analyst, DATABASE)).toEqual({
        orders: DENIED,
        customers: DENIED,
      });
      expect(mesh.state()).toEqual(before);
    },
  );
});

describe('through the account', () => {
  it.each(
    SCOPES.flatMap(scope =>
      [true, false].map(organization => ({ ...scope, organization })),
    ),
  )(
    'lets whom its administrators pass it on to read $name (one organization: $organization), until it ends',
    async ({ scope, catalog, orders, customers, organization }) => {
      const mesh = await world.start({
        organization,
        ...(catalog && { catalog }),
      });
      const before = mesh.state();
      const { live } = await mesh.entitlements.grant(
        anIntent({
          port: aPort(['orders', 'customers']),
          principal: `${CONSUMER}:IAMPrincipals`,
          scope,
        }),
      );
      const anybody = roleArn('anybody', CONSUMER);
      expect(await seen(mesh, anybody, DATABASE)).toEqual({
        orders,
        customers,
      });
      await mesh.entitlements.end(live);
      expect(await seen(mesh, anybody, DATABASE)).toEqual({
        orders: DENIED,
        customers: DENIED,
      });
      expect(mesh.state()).toEqual(before);
    },
  );
});
