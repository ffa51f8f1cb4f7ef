import type { StepError } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Provisioner } from '@lakemesh/backstage-plugin-data-mesh-node';

/** What a look found, or why it found nothing. */
export type LookOutcome<T> =
  | { ok: true; found: T }
  | { ok: false; error: Omit<StepError, 'at'> };

/** Looks into a system, and never waits for it for long. */
export async function lookWithin<T>(
  provisioner: Pick<Provisioner, 'title' | 'classify'>,
  timeoutMs: number,
  look: (signal: AbortSignal) => Promise<T>,
): Promise<LookOutcome<T>> {
  const aborted = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<LookOutcome<T>>(resolve => {
    timer = setTimeout(() => {
      resolve({
        ok: false,
        error: {
          code: 'Timeout',
          message: `${provisioner.title} gave no answer within ${
            timeoutMs / 1000
          } s`,
          kind: 'transient',
        },
      });
      aborted.abort();
    }, timeoutMs);
  });
  const looking = async (): Promise<LookOutcome<T>> => {
    try {
      return { ok: true, found: await look(aborted.signal) };
    } catch (error) {
      return { ok: false, error: provisioner.classify(error) };
    }
  };
  try {
    return await Promise.race([looking(), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
