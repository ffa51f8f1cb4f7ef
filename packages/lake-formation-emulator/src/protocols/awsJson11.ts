import { readInput } from '../wire/readInput';
import { renderOutput } from '../wire/renderOutput';
import { parseJsonBody } from './parseJsonBody';
import { Protocol } from './Protocol';

const CONTENT_TYPE = 'application/x-amz-json-1.1';

/** AWS JSON 1.1 as Glue uses it: the header X-Amz-Target names the operation. */
export const awsJson11: Protocol = {
  operationName(request) {
    return request.header('x-amz-target')?.split('.')[1] || undefined;
  },

  readInput(request, model, operation) {
    return readInput(model, operation.input, parseJsonBody(request.body));
  },

  renderAnswer(output, model, operationName, requestId) {
    return {
      status: 200,
      headers: { 'content-type': CONTENT_TYPE, 'x-amzn-requestid': requestId },
      body: JSON.stringify(
        renderOutput(model, model.operations[operationName].output, output),
      ),
    };
  },

  renderError(error, requestId) {
    return {
      status: error.status,
      headers: { 'content-type': CONTENT_TYPE, 'x-amzn-requestid': requestId },
      body: JSON.stringify({ __type: error.code, Message: error.message }),
    };
  },
};
