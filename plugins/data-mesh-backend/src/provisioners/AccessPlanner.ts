import type {
  Plan,
  StepError,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  AccessIntent,
  Provisioner,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { lookWithin } from './lookWithin';

/** A plan, or why there is none. */
export type PlanOutcome =
  | {
      ok: true;
      plan: Plan;
      identities: { [key: string]: string };
      /** Keys of what was looked for and is not there. */
      missing: string[];
    }
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
  readonly timeoutMs: number;

  constructor(options: { timeoutMs?: number } = {}) {
    this.timeoutMs = options.timeoutMs ?? 20_000;
  }

  /** @param together - of what looks into the system belong together with it */
  async plan(
    provisioner: Provisioner,
    intent: AccessIntent,
    together?: object,
  ): Promise<PlanOutcome> {
    const outcome = await lookWithin(
      provisioner,
      this.timeoutMs,
      async signal => {
        const resolved = await provisioner.resolve(intent, {
          signal,
          together,
        });
        return {
          plan: provisioner.plan(intent, resolved),
          identities: resolved.identities,
          missing: resolved.missing ?? [],
        };
      },
    );
    return outcome.ok ? { ok: true, ...outcome.found } : outcome;
  }
}
