import type { RevocationEffect } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  AlreadyExistsException,
  CreateDataCellsFilterCommand,
  DeleteDataCellsFilterCommand,
  EntityNotFoundException,
  GetDataCellsFilterCommand,
  type DataCellsFilter,
} from '@aws-sdk/client-lakeformation';
import {
  rowFilterKey,
  type PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  LiveStep,
  StepObservation,
  UndoPlan,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { JsonObject } from '@backstage/types';
import { AwsClients } from '../../aws/AwsClients';
import { NotOursError } from '../../aws/NotOursError';
import { readColumns } from '../../lake/wire';
import { resourceInWords } from '../../lake/words';
import { StepKind, UndoContext } from '../StepKind';
import { foundBaseline, planTakingAway, planMaking } from '../brought';
import { FilterStepCall, readFilterCall } from './describeFilter';

const contentOf = (filter: DataCellsFilter) =>
  JSON.stringify([
    rowFilterKey(filter.RowFilter?.FilterExpression ?? ''),
    readColumns(filter),
  ]);

const isSame = (a: DataCellsFilter, b: DataCellsFilter) =>
  contentOf(a) === contentOf(b);

const isAnother = ({ resource }: FilterStepCall) =>
  new NotOursError(
    `${
      resourceInWords(resource).text
    } exists and lets other rows or columns through`,
    'Delete or rename that filter, then retry; or ask anew, and another name is taken',
  );

/** Creates a data cells filter, which entitlements of equal scope share. */
export class DataCellsFilterStep implements StepKind {
  readonly #clients: AwsClients;

  constructor(options: { clients: AwsClients }) {
    this.#clients = options.clients;
  }

  async observe(
    step: PlanStep,
    signal?: AbortSignal,
  ): Promise<StepObservation> {
    const call = readFilterCall(step);
    const found = await this.#find(call, signal);
    return {
      // One of the same name that lets other things through is no part of it.
      state:
        (!found && 'absent') ||
        (found && isSame(call.filter, found) ? 'present' : 'partial'),
      held: {},
    };
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
    const call = readFilterCall(step);
    if (state === 'partial') throw isAnother(call);
    const { lakeFormation } = await this.#clients.get(
      call.accountId,
      call.region,
    );
    try {
      await lakeFormation.send(
        new CreateDataCellsFilterCommand({ TableData: call.filter }),
        { abortSignal: signal },
      );
    } catch (error) {
      if (!(error instanceof AlreadyExistsException)) throw error;
      const found = await this.#find(call, signal);
      if (!found || !isSame(call.filter, found)) throw isAnother(call);
    }
  }

  planApply(step: PlanStep, observation: StepObservation): RevocationEffect[] {
    return planMaking(step, observation);
  }

  planUndo(step: PlanStep, context: UndoContext): UndoPlan {
    return planTakingAway(
      step,
      context,
      resourceInWords(readFilterCall(step).resource),
    );
  }

  async undo(
    step: PlanStep,
    context: UndoContext & { signal?: AbortSignal },
  ): Promise<void> {
    if (this.planUndo(step, context).removes.length === 0) return;
    const { accountId, region, filter } = readFilterCall(step);
    const { TableCatalogId, DatabaseName, TableName, Name } = filter;
    const { lakeFormation } = await this.#clients.get(accountId, region);
    try {
      await lakeFormation.send(
        new DeleteDataCellsFilterCommand({
          TableCatalogId,
          DatabaseName,
          TableName,
          Name,
        }),
        { abortSignal: context.signal },
      );
    } catch (error) {
      if (!(error instanceof EntityNotFoundException)) throw error;
    }
  }

  async #find(
    { accountId, region, filter }: FilterStepCall,
    signal?: AbortSignal,
  ): Promise<DataCellsFilter | undefined> {
    const { TableCatalogId, DatabaseName, TableName, Name } = filter;
    const { lakeFormation } = await this.#clients.get(accountId, region);
    try {
      const { DataCellsFilter: found } = await lakeFormation.send(
        new GetDataCellsFilterCommand({
          TableCatalogId,
          DatabaseName,
          TableName,
          Name,
        }),
        { abortSignal: signal },
      );
      return found;
    } catch (error) {
      if (error instanceof EntityNotFoundException) return undefined;
      throw error;
    }
  }
}
