import { readInput } from '../wire/readInput';
import { renderOutput } from '../wire/renderOutput';
import { parseJsonBody } from './parseJsonBody';
import { OperationModel } from '../wire/ServiceModel';
import { Protocol, WireRequest } from './Protocol';

/** What an operation takes from the URL's query. */
function queryInput(
  request: WireRequest,
  operation: OperationModel,
): Record<string, string> {
  const values = new URLSearchParams(request.query);
  return Object.fromEntries(
    Object.entries(operation.query ?? {}).flatMap(([name, member]) => {
      const value = values.get(name);
      return value === null ? [] : [[member, value]];
    }),
  );
}

/**
 * AWS restJson1 as Lake Formation and RAM use it: every operation has a path of
 * its own (and is a POST but for a few deletions), the error's code stands in a
 * header.
 */
export const restJson: Protocol = {
  operationName(request, model) {
    const operation = Object.entries(model.operations).find(
      ([, { path, method = 'POST' }]) =>
        path === request.path && method === request.method,
    );
    return operation?.[0] ?? (request.path.slice(1) || undefined);
  },

  readInput(request, model, operation) {
    const body = parseJsonBody(request.body);
    return readInput(
      model,
      operation.input,
      operation.query && typeof body === 'object'
        ? { ...body, ...queryInput(request, operation) }
        : body,
    );
  },

  renderAnswer(output, model, operationName, requestId) {
    return {
      status: 200,
      headers: {
        'content-type': 'application/json',
        'x-amzn-requestid': requestId,
      },
      body: JSON.stringify(
        renderOutput(model, model.operations[operationName].output, output),
      ),
    };
  },

  renderError(error, requestId) {
    return {
      status: error.status,
      headers: {
        'content-type': 'application/json',
        'x-amzn-errortype': error.code,
        'x-amzn-requestid': requestId,
      },
      body: JSON.stringify({ Message: error.message }),
    };
  },
};
