import type { Provisioner } from '@lakemesh/backstage-plugin-data-mesh-node';
import type { StepError } from '@lakemesh/backstage-plugin-data-mesh-common';

/** What went wrong in the provisioner's system, in its own words. */
export class ProvisionerFailure extends Error {
  constructor(
    readonly details: Omit<StepError, 'at'>,
    options?: { cause?: unknown },
  ) {
    super(details.message, options);
    this.name = 'ProvisionerFailure';
  }
}

/**
 * Calls the provisioner, so that its errors are told from those of our own
 * database: the first are a result of the step, the second leave it to the
 * next run.
 *
 * @throws ProvisionerFailure
 */
export async function callProvisioner<T>(
  provisioner: Provisioner,
  call: () => T | Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new ProvisionerFailure(classified(provisioner, cause), { cause });
  }
}

function classified(
  provisioner: Provisioner,
  error: unknown,
): Omit<StepError, 'at'> {
  try {
    return provisioner.classify(error);
  } catch {
    return {
      code: error instanceof Error ? error.name : 'UnknownError',
      message: error instanceof Error ? error.message : String(error),
      kind: 'transient',
    };
  }
}
