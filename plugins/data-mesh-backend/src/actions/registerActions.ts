import type { ActionDeps } from './ActionDeps';
import { registerAskForAccess } from './askForAccess';
import { registerDecideRequest } from './decideRequest';
import { registerGetProduct } from './getProduct';
import { registerGetRequest } from './getRequest';
import { registerGetUsage } from './getUsage';
import { registerHandBackAccess } from './handBackAccess';
import { registerListMyAccess } from './listMyAccess';
import { registerListRequests } from './listRequests';
import { registerPreviewRequest } from './previewRequest';
import { registerSearchProducts } from './searchProducts';
import { tellingClearly } from './tellingClearly';

/** Makes known to agents, templates and the CLI what they can do. */
export function registerActions(deps: ActionDeps): void {
  const clear = { ...deps, registry: tellingClearly(deps.registry) };
  registerSearchProducts(clear);
  registerGetProduct(clear);
  registerPreviewRequest(clear);
  registerAskForAccess(clear);
  registerListRequests(clear);
  registerGetRequest(clear);
  registerDecideRequest(clear);
  registerListMyAccess(clear);
  registerGetUsage(clear);
  registerHandBackAccess(clear);
}
