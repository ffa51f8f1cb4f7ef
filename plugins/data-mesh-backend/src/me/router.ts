import type { PolicyRules } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ApiRouter } from '../http/apiRouter';
import type { CallerResolver } from '../identity/CallerResolver';
import type { PrincipalDirectory } from '../principals/PrincipalDirectory';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';

/** Route about the caller itself. */
export function registerMeRoutes(
  router: ApiRouter,
  deps: {
    callers: CallerResolver;
    principals: PrincipalDirectory;
    provisioners: ProvisionerRegistry;
    rules: PolicyRules;
  },
): void {
  const { callers, principals, provisioners, rules } = deps;

  router.get('/v1/me', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json({
      userRef: caller.userRef,
      ownershipRefs: [...caller.ownershipRefs],
      principals: await principals.listFor(caller),
      principalProblems: await principals.problemsFor(caller),
      provisioners: provisioners
        .list()
        .map(({ portType, title, capabilities }) => ({
          portType,
          title,
          capabilities,
        })),
      purposes: rules.purposes,
      limits: {
        maxDurationDays: rules.maxDurationDays,
        defaultDurationDays: rules.defaultDurationDays,
      },
    });
  });
}
