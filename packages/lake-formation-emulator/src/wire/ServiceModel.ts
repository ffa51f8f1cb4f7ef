/** A shape of a service, as the AWS SDK packages describe it. */
export type Shape =
  | { type: 'string' | 'number' | 'boolean' | 'timestamp' | 'blob' }
  | { type: 'list'; member: string }
  | { type: 'map'; value: string }
  | {
      type: 'structure';
      members: Record<string, string>;
      required: readonly string[];
    };

/** An operation: its HTTP path where the protocol has one, and its shapes. */
export interface OperationModel {
  path?: string;
  /** POST where it is left out. */
  method?: string;
  /** Members that stand in the URL's query, by their names there. */
  query?: Readonly<Record<string, string>>;
  input: string;
  output: string;
}

/**
 * What the emulator knows of a service's wire format. Generated from the AWS
 * SDK packages by `scripts/generateServiceModels.mjs`, never written by hand.
 */
export interface ServiceModel {
  /** Every operation the service has, also those the emulator lacks. */
  operationNames: readonly string[];
  operations: Readonly<Record<string, OperationModel>>;
  shapes: Readonly<Record<string, Shape>>;
  /** HTTP status by error code, as the model declares it. */
  errors: Readonly<Record<string, number>>;
  enums: Readonly<Record<string, readonly string[]>>;
}
