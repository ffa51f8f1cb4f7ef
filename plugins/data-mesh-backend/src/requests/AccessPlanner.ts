import type {
  Plan,
  StepError,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  AccessIntent,
  Provisioner,
} from '@lakemesh/backstage-plugin-data-mesh-node';

/** A plan, or why there is none. */
export type PlanOutcome =
  | { ok: true; plan: Plan; identities: { [key: string]: string } }
  | { ok: false; error: Omit<StepError, 'at'> };

/** A failed plan in one sentence. */
export function failureInWords({
  code,
  message,
  advice,
}: Omit<StepError, 'at'>): string {
  const what = message.includes(code) ? message : `${code}: ${message}`;
  return advice ? `${what.replace(/\.?$/, '.')} ${advice}` : what;
}

/** Asks a provisioner what would be done, and never waits for it for long. */
export class AccessPlanner {
  readonly #timeoutMs: number;

  constructor(options: { timeoutMs?: number } = {}) {
    this.#timeoutMs = options.timeoutMs ?? 20_000;
  }

  async plan(
    provisioner: Provisioner,
    intent: AccessIntent,
  ): Promise<PlanOutcome> {
    const aborted = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<PlanOutcome>(resolve => {
      timer = setTimeout(() => {
        resolve({
          ok: false,
          error: {
            code: 'Timeout',
            message: `${provisioner.title} gave no answer within ${
              this.#timeoutMs / 1000
            } s`,
            kind: 'transient',
          },
        });
        aborted.abort();
      }, this.#timeoutMs);
    });
    try {
      return await Promise.race([
        this.#plan(provisioner, intent, aborted.signal),
        tooLate,
      ]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #plan(
    provisioner: Provisioner,
    intent: AccessIntent,
    signal: AbortSignal,
  ): Promise<PlanOutcome> {
    try {
      const resolved = await provisioner.resolve(intent, { signal });
      return {
        ok: true,
        plan: provisioner.plan(intent, resolved),
        identities: resolved.identities,
      };
    } catch (error) {
      return { ok: false, error: provisioner.classify(error) };
    }
  }
}
