import { readInput } from '../wire/readInput';
import { renderOutput } from '../wire/renderOutput';
import { parseJsonBody } from './parseJsonBody';
import { Protocol } from './Protocol';

/**
 * AWS restJson1 as Lake Formation uses it: every operation is a POST on a path
 * of its own, the error's code stands in a header.
 */
export const restJson: Protocol = {
  operationName(request, model) {
    const operation = Object.entries(model.operations).find(
      ([, { path }]) => path === request.path,
    );
    return operation?.[0] ?? (request.path.slice(1) || undefined);
  },

  readInput(request, model, operation) {
    return readInput(model, operation.input, parseJsonBody(request.body));
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
