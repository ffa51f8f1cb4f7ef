import { NotFoundError } from '@backstage/errors';
import {
  allowedPurposes,
  isDataProductEntity,
  principalInWords,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { accessOutput, tellAccess } from './accessOutput';
import type { ActionDeps, Zod } from './ActionDeps';
import { requestOutput, tellRequest } from './requestOutput';

const portOutput = (z: Zod) =>
  z.object({
    name: z.string(),
    title: z.string().optional(),
    description: z.string().optional(),
    type: z.string().describe('System that serves it, like lake-formation'),
    tables: z.array(
      z.object({
        name: z.string(),
        description: z.string().optional(),
        columns: z.array(
          z.object({
            name: z.string(),
            type: z.string(),
            description: z.string().optional(),
            pii: z.boolean().optional().describe('Holds personal data'),
          }),
        ),
      }),
    ),
    canBeAskedFor: z.boolean(),
    whyNot: z.string().optional().describe('Why it cannot be asked for now'),
    access: z
      .array(accessOutput(z))
      .describe('What the caller and their principals hold'),
    requests: z
      .array(requestOutput(z))
      .describe('What the caller has asked for'),
  });

const namedOutput = (z: Zod) => z.object({ id: z.string(), name: z.string() });

/** One product, with what one needs to know to ask for access to it. */
export function registerGetProduct({
  registry,
  apiFor,
  catalog,
}: ActionDeps): void {
  registry.register({
    name: 'get-product',
    title: 'Get data product',
    description:
      'One data product with its output ports, tables and columns, what the caller holds of it and has asked for, and all that is needed to ask for access: the principals that the caller may ask for, the allowed purposes and the longest time.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          productRef: z
            .string()
            .describe('Reference, like dataproduct:default/orders'),
        }),
      output: z =>
        z.object({
          productRef: z.string(),
          title: z.string(),
          description: z.string().optional(),
          owner: z.string(),
          domain: z.string(),
          lifecycle: z.string(),
          classification: z.string().optional(),
          neverShared: z
            .array(z.string())
            .describe('Columns that the owner never shares'),
          consumers: z.number(),
          medianDecisionHours: z
            .number()
            .optional()
            .describe('How long decisions usually take'),
          toDecide: z
            .number()
            .describe('Requests for it that wait for the caller'),
          ports: z.array(portOutput(z)),
          principals: z
            .array(namedOutput(z))
            .describe('Whom the caller may ask for'),
          purposes: z.array(namedOutput(z)),
          maxDurationDays: z.number(),
          defaultDurationDays: z.number(),
        }),
    },
    action: async ({ input, credentials }) => {
      const api = apiFor(credentials);
      const [overview, me] = await Promise.all([
        api.getProductOverview(input.productRef),
        api.getMe(),
      ]);
      const { productRef } = overview;
      const entity = await catalog.getEntityByRef(productRef, { credentials });
      if (!entity || !isDataProductEntity(entity)) {
        throw new NotFoundError(
          `There is no data product ${productRef} in the catalog`,
        );
      }
      const { metadata, spec } = entity;
      const { maxDurationDays, neverShared = [] } = spec.access ?? {};
      const longest = Math.min(
        me.limits.maxDurationDays,
        maxDurationDays ?? Infinity,
      );
      const concerns = new Map(overview.ports.map(port => [port.port, port]));
      return {
        output: {
          ...overview,
          title: metadata.title ?? metadata.name,
          description: metadata.description,
          owner: spec.owner,
          domain: spec.domain,
          lifecycle: spec.lifecycle,
          classification: spec.classification,
          neverShared,
          ports: spec.outputPorts.map(port => {
            const found = concerns.get(port.name);
            return {
              ...port,
              canBeAskedFor: found?.publication?.requestable ?? true,
              whyNot: found?.publication?.why,
              access: (found?.access ?? []).map(tellAccess),
              requests: (found?.requests ?? []).map(tellRequest),
            };
          }),
          principals: me.principals.map(({ principal }) => ({
            id: principal.id,
            name: principalInWords(principal),
          })),
          purposes: allowedPurposes(me, entity).map(({ id, title }) => ({
            id,
            name: title,
          })),
          maxDurationDays: longest,
          defaultDurationDays: Math.min(me.limits.defaultDurationDays, longest),
        },
      };
    },
  });
}
