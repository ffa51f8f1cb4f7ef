import { standingOf } from '@lakemesh/backstage-plugin-data-mesh-common';
import { readRef } from '../catalog/readRef';
import type { ActionDeps } from './ActionDeps';

/** Places in a product that are told for one hit. */
const MATCHES_TOLD = 5;

const domainIn = (ref: string) =>
  readRef(ref, { defaultKind: 'domain', defaultNamespace: 'default' }) ?? ref;

/** Finds products by the same search as the page Discover. */
export function registerSearchProducts({ registry, apiFor }: ActionDeps): void {
  registry.register({
    name: 'search-products',
    title: 'Search data products',
    description:
      'Finds data products by words in their names, descriptions, tags, tables and columns, as far as the caller may see them. Use it first to find where data is; get-product then has the details of one.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          text: z
            .string()
            .max(200)
            .optional()
            .describe(
              'Words that must all be found, like "customer email". Left out: all products',
            ),
          domain: z
            .string()
            .optional()
            .describe('Only of this domain, like domain:default/sales'),
          access: z
            .enum(['have', 'requested', 'none'])
            .optional()
            .describe(
              'Only those that the caller has access to, has asked for, or neither',
            ),
          limit: z
            .number()
            .int()
            .min(1)
            .max(50)
            .default(10)
            .describe('At most so many'),
        }),
      output: z =>
        z.object({
          total: z.number().describe('How many were found in all'),
          items: z
            .array(
              z.object({
                productRef: z.string(),
                title: z.string(),
                description: z.string().optional(),
                domain: z.string(),
                owner: z.string(),
                lifecycle: z.string(),
                classification: z.string().optional(),
                ports: z.array(z.string()).describe('Names of output ports'),
                access: z
                  .enum(['have', 'requested', 'none'])
                  .describe('How the caller stands to it'),
                consumers: z.number().describe('How many use it'),
                foundIn: z
                  .array(z.string())
                  .describe('Where the words were found'),
              }),
            )
            .describe('Best first'),
        }),
    },
    action: async ({ input, credentials }) => {
      const { text, domain, access } = input;
      const { items, total } = await apiFor(credentials).findProducts({
        q: text,
        ...(domain && { domain: [domainIn(domain)] }),
        ...(access && { access: [access] }),
        limit: input.limit,
      });
      return {
        output: {
          total,
          items: items.map(item => ({
            productRef: item.productRef,
            title: item.title,
            description: item.description,
            domain: item.domainRef,
            owner: item.ownerRef,
            lifecycle: item.lifecycle,
            classification: item.classification,
            ports: item.ports.map(port => port.name),
            access: standingOf(item.usage),
            consumers: item.usage?.consumers ?? 0,
            foundIn: item.matches
              .slice(0, MATCHES_TOLD)
              .map(({ kind, text: found, table }) =>
                table && kind === 'column'
                  ? `column ${table}.${found}`
                  : `${kind} ${found}`,
              ),
          })),
        },
      };
    },
  });
}
