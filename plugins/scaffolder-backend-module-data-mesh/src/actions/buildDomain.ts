import type { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { checkAgainstCatalog } from '../domain/checkAgainstCatalog';
import { domainEntities, ownerRefOf } from '../domain/domainEntities';
import { domainProblems } from '../domain/domainProblems';
import { checkNames } from '../mesh/checkNames';
import type { MeshFor } from '../mesh/MeshApi';
import { entitiesToYaml } from '../publish/catalogFile';
import { buildDomainExamples } from './buildDomain.examples';

/** Describes a data domain as catalog entities. Writes nothing. */
export function createBuildDomainAction(options: {
  auth: AuthService;
  catalog: CatalogService;
  mesh: MeshFor;
}) {
  const { auth, catalog, mesh } = options;
  return createTemplateAction({
    id: 'data-mesh:domain:build',
    description:
      'Describes a data domain, bound to its AWS account, as catalog entities. Checks that its names are free and that its owner exists; a name that something trusts already is for governance. Writes nothing.',
    supportsDryRun: true,
    examples: buildDomainExamples,
    schema: {
      input: {
        name: z =>
          z
            .string()
            .describe('Name of the domain: lower case, digits and dashes'),
        title: z => z.string().optional().describe('Name as people read it'),
        description: z => z.string().optional(),
        owner: z =>
          z
            .string()
            .optional()
            .describe('Reference of an existing group or user that owns it'),
        group: z =>
          z
            .object({
              name: z.string(),
              title: z.string().optional(),
              members: z
                .array(z.string())
                .optional()
                .describe('References of users'),
            })
            .optional()
            .describe('New group that owns it, instead of owner'),
        accountId: z => z.string().describe('12-digit AWS account'),
        region: z => z.string().describe('AWS region, like eu-central-1'),
        tags: z => z.array(z.string()).optional(),
      },
      output: {
        entities: z =>
          z
            .array(z.record(z.any()))
            .describe('The Domain, and the Group where it is new'),
        yaml: z => z.string().describe('The entities as a YAML file'),
        domainRef: z => z.string(),
        ownerRef: z => z.string(),
      },
    },
    async handler(ctx) {
      const problems = domainProblems(ctx.input);
      if (problems.length > 0) {
        throw new InputError(
          problems.map(({ field, reason }) => `${field} ${reason}`).join('; '),
        );
      }
      const user = await ctx.getInitiatorCredentials();
      await checkAgainstCatalog(ctx.input, {
        catalog,
        user,
        service: await auth.getOwnServiceCredentials(),
      });
      const entities = domainEntities(ctx.input);
      const close = await checkNames(entities, mesh(user));
      for (const { ref, closeTo } of close) {
        ctx.logger.warn(`${ref} is easily taken for ${closeTo}`);
      }

      ctx.logger.info(
        `Domain ${ctx.input.name} in AWS account ${ctx.input.accountId}, ${ctx.input.region}`,
      );
      ctx.output('entities', entities);
      ctx.output('yaml', entitiesToYaml(entities));
      ctx.output('domainRef', stringifyEntityRef(entities[0]));
      ctx.output('ownerRef', ownerRefOf(ctx.input));
    },
  });
}
