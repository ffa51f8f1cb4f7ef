import {
  productInWords,
  scopeInWords,
  type Entitlement,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Zod } from './ActionDeps';

/** An access as agents read it. */
export const accessOutput = (z: Zod) =>
  z.object({
    id: z.string(),
    version: z.number().describe('Changes with every change'),
    state: z
      .enum([
        'provisioning',
        'active',
        'suspended',
        'revoking',
        'revoked',
        'expired',
        'failed',
      ])
      .describe('Data can be read while it is active'),
    health: z
      .enum(['unknown', 'ok', 'degraded', 'excess'])
      .describe(
        'What the last look at the system saw. degraded: something is missing there; unknown: nobody has looked yet',
      ),
    healthReason: z.string().optional(),
    failure: z.string().optional().describe('Why it failed'),
    requestId: z.string(),
    productRef: z.string(),
    productTitle: z.string(),
    port: z.string(),
    what: z.string().describe('What it covers, in words'),
    principal: z.string().describe('Who holds it'),
    purpose: z.string(),
    expiresAt: z.string().optional(),
    endedAt: z.string().optional(),
    endReason: z.string().optional(),
  });

/** Tells an entitlement by {@link accessOutput}. */
export const tellAccess = (entitlement: Entitlement) => ({
  ...entitlement,
  productTitle: productInWords(entitlement),
  what: scopeInWords(entitlement.scope),
  principal: entitlement.principal.id,
  failure: entitlement.error?.message,
});
