import { AwsError } from '../model/api/AwsError';
import { Caller } from '../model/iam/Caller';
import { EmulatorState } from '../model/state/EmulatorState';
import { Protocol } from '../protocols/Protocol';
import { ServiceModel } from '../wire/ServiceModel';

/**
 * An input after it was read by its shape: what the model requires is there,
 * although the SDK's types allow undefined for it.
 */
export type Validated<T> = T extends Date | Uint8Array
  ? T
  : T extends readonly (infer Entry)[]
  ? Validated<Entry>[]
  : T extends object
  ? {
      [Member in keyof T]: {} extends Pick<T, Member>
        ? Validated<T[Member]>
        : Validated<NonNullable<T[Member]>>;
    }
  : T;

/** What an operation may use besides its input. */
export interface OperationContext {
  readonly state: EmulatorState;
  readonly caller: Caller;
  /** The emulator's time, which tests may move. */
  readonly now: Date;
  /** A fault that a test has put on one entry of a batch. */
  entryFault(entry: unknown): AwsError | undefined;
}

/** An operation: answers, or throws an `AwsError` having changed nothing. */
export type Operation<Input = never, Output extends object = object> = (
  input: Validated<Input>,
  context: OperationContext,
) => Output;

/** A service: its wire format and the operations the emulator has. */
export interface Service {
  /** As in the credential scope. */
  readonly name: string;
  readonly model: ServiceModel;
  readonly protocol: Protocol;
  readonly operations: Readonly<Record<string, Operation>>;
  /** Error codes for which the service has a word of its own. */
  readonly errorNames: Readonly<Record<string, string>>;
  /** Statuses that are seen in the field where the model says otherwise. */
  readonly statuses: Readonly<Record<string, number>>;
}
