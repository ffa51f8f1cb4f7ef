import {
  CreateLakeFormationOptInCommand,
  DeleteLakeFormationOptInCommand,
  EntityNotFoundException,
  InvalidInputException,
} from '@aws-sdk/client-lakeformation';
import {
  sentence,
  type PlanStep,
  type RevocationEffect,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  LiveStep,
  StepObservation,
  UndoPlan,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { JsonObject } from '@backstage/types';
import { AwsClients } from '../../aws/AwsClients';
import { refusedToOthers } from '../../aws/NotAdministratorError';
import { resourceKey } from '../../lake/keys';
import { resourceInWords } from '../../lake/words';
import { OptInReader } from './OptInReader';
import { StepKind, UndoContext } from '../StepKind';
import { foundBaseline, planTakingAway, planMaking } from '../brought';
import { OptInCall, readOptInCall } from './describeOptIn';

/**
 * Opts a principal in to Lake Formation where the others are left to IAM:
 * hybrid access mode. Entitlements of one principal on one table share it.
 */
export class OptInStep implements StepKind {
  readonly #clients: AwsClients;
  readonly #optIns: OptInReader;

  constructor(options: { clients: AwsClients; optIns: OptInReader }) {
    this.#clients = options.clients;
    this.#optIns = options.optIns;
  }

  async observe(
    step: PlanStep,
    signal?: AbortSignal,
  ): Promise<StepObservation> {
    const isThere = await this.#isThere(readOptInCall(step), signal);
    return { state: isThere ? 'present' : 'absent', held: {} };
  }

  baseline(
    step: PlanStep,
    observation: StepObservation,
    others: LiveStep[],
  ): JsonObject {
    return foundBaseline(step, observation, others);
  }

  async apply(
    step: PlanStep,
    { state }: StepObservation,
    signal?: AbortSignal,
  ): Promise<void> {
    if (state === 'present') return;
    const call = readOptInCall(step);
    const { lakeFormation } = await this.#clients.get(
      call.accountId,
      call.region,
    );
    try {
      await lakeFormation
        .send(new CreateLakeFormationOptInCommand(call.input), {
          abortSignal: signal,
        })
        .catch(refusedToOthers(call.accountId));
    } catch (error) {
      // AWS does not say what it answers to who is opted in already.
      if (!(error instanceof InvalidInputException)) throw error;
      if (!(await this.#isThere(call, signal))) throw error;
    }
  }

  planApply(step: PlanStep, observation: StepObservation): RevocationEffect[] {
    return planMaking(step, observation);
  }

  planUndo(step: PlanStep, context: UndoContext): UndoPlan {
    const { resource, principalId } = readOptInCall(step);
    return planTakingAway(
      step,
      context,
      sentence('plan.optIn.name', {
        principal: principalId,
        resource: resourceInWords(resource),
      }),
    );
  }

  async undo(
    step: PlanStep,
    context: UndoContext & { signal?: AbortSignal },
  ): Promise<void> {
    if (this.planUndo(step, context).removes.length === 0) return;
    const call = readOptInCall(step);
    const { lakeFormation } = await this.#clients.get(
      call.accountId,
      call.region,
    );
    try {
      await lakeFormation
        .send(new DeleteLakeFormationOptInCommand(call.input), {
          abortSignal: context.signal,
        })
        .catch(refusedToOthers(call.accountId));
    } catch (error) {
      if (error instanceof EntityNotFoundException) return;
      if (!(error instanceof InvalidInputException)) throw error;
      if (await this.#isThere(call, context.signal)) throw error;
    }
  }

  async #isThere(call: OptInCall, signal?: AbortSignal): Promise<boolean> {
    const { accountId, region, resource, input } = call;
    const found = await this.#optIns.read(
      { accountId, region, grantee: call, resource: input.Resource },
      signal,
    );
    return found.has(resourceKey(resource));
  }
}
