import { conformance } from '../ConformanceCase';
import { refused } from '../notSupported';

const INVALID = 'InvalidInputException';

export const listingOperations = [
  conformance('lakeformation:ListPermissions', {
    'comes in pages': async world => {
      const { admin, analyst, orders } = world;
      for (const i of [1, 2, 3]) {
        await admin.lakeFormation.grantPermissions({
          Principal: { DataLakePrincipalIdentifier: `${analyst}${i}` },
          Resource: orders,
          Permissions: ['DROP'],
        });
      }
      const found: string[] = [];
      let NextToken: string | undefined;
      do {
        const page = await admin.lakeFormation.listPermissions({
          Resource: orders,
          MaxResults: 1,
          NextToken,
        });
        const lines = page.PrincipalResourcePermissions ?? [];
        expect(lines.length).toBeLessThan(2);
        found.push(
          ...lines.map(
            ({ Principal }) => Principal?.DataLakePrincipalIdentifier ?? '',
          ),
        );
        NextToken = page.NextToken;
      } while (NextToken);
      expect(found).toEqual(
        expect.arrayContaining([1, 2, 3].map(i => `${analyst}${i}`)),
      );
    },
    'refuses a principal without a resource': async ({ admin, analyst }) => {
      const message = await refused(
        admin.lakeFormation.listPermissions({
          Principal: { DataLakePrincipalIdentifier: analyst },
        }),
        INVALID,
      );
      expect(message).toBe(
        'Resource is mandatory if Principal is set in the input.',
      );
    },
    'refuses columns as the resource': async world => {
      await refused(
        world.admin.lakeFormation.listPermissions({
          Resource: world.columns('order_id'),
        }),
        INVALID,
      );
    },
    'shows an administrator as holding everything': async world => {
      const { admin, orders, account } = world;
      const { PrincipalResourcePermissions = [] } =
        await admin.lakeFormation.listPermissions({
          Principal: {
            DataLakePrincipalIdentifier: `arn:aws:iam::${account}:root`,
          },
          Resource: orders,
        });
      expect(
        PrincipalResourcePermissions.flatMap(
          ({ Permissions = [] }) => Permissions,
        ),
      ).toEqual(expect.arrayContaining(['DESCRIBE', 'SELECT']));
    },
  }),

  conformance('lakeformation:GetEffectivePermissionsForPath', {
    'finds the grants on what lies at a location': async world => {
      const { admin, analyst, location, orders } = world;
      const ResourceArn = location.replace('s3://', 'arn:aws:s3:::');
      await admin.lakeFormation.registerResource({
        ResourceArn,
        UseServiceLinkedRole: true,
      });
      world.undo(() => admin.lakeFormation.deregisterResource({ ResourceArn }));
      await admin.lakeFormation.grantPermissions({
        Principal: { DataLakePrincipalIdentifier: analyst },
        Resource: orders,
        Permissions: ['DROP'],
      });
      const { Permissions = [] } =
        await admin.lakeFormation.getEffectivePermissionsForPath({
          ResourceArn: `${ResourceArn}/orders`,
        });
      expect(
        Permissions.map(
          ({ Principal }) => Principal?.DataLakePrincipalIdentifier,
        ),
      ).toContain(analyst);
    },
  }),

  conformance('lakeformation:GetDataLakePrincipal', {
    'names the session of an assumed role': async world => {
      const { lakeFormation } = await world.assume(world.analyst);
      const { Identity } = await lakeFormation.getDataLakePrincipal({});
      expect(Identity).toBe(
        `${world.analyst
          .replace(':iam:', ':sts:')
          .replace(':role/', ':assumed-role/')}/conformance`,
      );
    },
  }),
];
