import { OperationModel, ServiceModel } from '../wire/ServiceModel';

/** An HTTP request as far as a protocol looks at it. */
export interface WireRequest {
  method: string;
  path: string;
  /** What stands after the question mark. */
  query: string;
  header(name: string): string | undefined;
  body: string;
}

/** An HTTP answer as a protocol renders it. */
export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** An error in the words of AWS, with the status that goes with it. */
export interface WireError {
  code: string;
  message: string;
  status: number;
}

/** How a service is spoken over HTTP. */
export interface Protocol {
  /** The name of the requested operation, or undefined if the request has none. */
  operationName(request: WireRequest, model: ServiceModel): string | undefined;
  readInput(
    request: WireRequest,
    model: ServiceModel,
    operation: OperationModel,
  ): Record<string, unknown>;
  renderAnswer(
    output: object,
    model: ServiceModel,
    operationName: string,
    requestId: string,
  ): WireAnswer;
  renderError(error: WireError, requestId: string): WireAnswer;
}
