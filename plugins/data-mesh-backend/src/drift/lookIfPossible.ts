import type { LoggerService } from '@backstage/backend-plugin-api';
import { ProvisionerFailure } from '../provisioners/ProvisionerFailure';

/** @returns undefined where the system does not answer now */
export async function lookIfPossible<T>(
  logger: LoggerService,
  look: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof ProvisionerFailure)) throw error;
    logger.debug(
      `A look beyond the grants failed; another scan tries again: ${error.message}`,
    );
    return undefined;
  }
}
