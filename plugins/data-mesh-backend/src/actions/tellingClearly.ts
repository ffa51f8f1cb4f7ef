import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { ResponseError } from '@backstage/errors';

/**
 * Actions fail with what the HTTP API said, like "InputError: port: …", and not
 * with the status that it answered.
 */
export function tellingClearly(
  registry: ActionsRegistryService,
): ActionsRegistryService {
  return {
    register: options =>
      registry.register({
        ...options,
        action: async context => {
          try {
            return await options.action(context);
          } catch (error) {
            throw error instanceof ResponseError ? error.cause : error;
          }
        },
      }),
  };
}
