import { XMLBuilder } from 'fast-xml-parser';
import { AwsError } from '../model/api/AwsError';
import { readInput } from '../wire/readInput';
import { renderOutput } from '../wire/renderOutput';
import { ServiceModel } from '../wire/ServiceModel';
import { Protocol } from './Protocol';

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
});

/** Turns `Tags.member.1.Key=team` into nested objects and lists by the shapes. */
function unflatten(
  form: URLSearchParams,
  model: ServiceModel,
  shapeName: string,
  prefix: string,
): unknown {
  const shape = model.shapes[shapeName];
  const text = form.get(prefix);
  switch (shape.type) {
    case 'structure': {
      const members = Object.entries(shape.members).map(([member, name]) => [
        member,
        unflatten(form, model, name, prefix ? `${prefix}.${member}` : member),
      ]);
      const present = members.filter(([, value]) => value !== undefined);
      return present.length || !prefix
        ? Object.fromEntries(present)
        : undefined;
    }
    case 'list': {
      const entries: unknown[] = [];
      for (let i = 1; ; i++) {
        const entry = unflatten(
          form,
          model,
          shape.member,
          `${prefix}.member.${i}`,
        );
        if (entry === undefined) break;
        entries.push(entry);
      }
      return entries.length ? entries : undefined;
    }
    case 'number': {
      if (text === null) return undefined;
      const number = Number(text);
      if (text.trim() === '' || Number.isNaN(number)) {
        throw new AwsError(
          'MalformedInput',
          `Expected a number at '${prefix}', found '${text}'`,
        );
      }
      return number;
    }
    case 'boolean':
      return text === null ? undefined : text === 'true';
    case 'timestamp':
      return text === null ? undefined : Date.parse(text) / 1000;
    default:
      return text ?? undefined;
  }
}

/** Renders values for XML: dates in ISO 8601, lists as `<member>` elements. */
function toXml(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return { member: value.map(toXml) };
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, entry]) => entry !== undefined)
        .map(([key, entry]) => [key, toXml(entry)]),
    );
  }
  return value;
}

/**
 * AWS Query as STS and IAM use it: a form in, XML out.
 *
 * @param namespace - the XML namespace of the service's answers
 */
export const awsQuery = (namespace: string): Protocol => ({
  operationName(request) {
    return new URLSearchParams(request.body).get('Action') ?? undefined;
  },

  readInput(request, model, operation) {
    return readInput(
      model,
      operation.input,
      unflatten(new URLSearchParams(request.body), model, operation.input, ''),
    );
  },

  renderAnswer(output, model, operationName, requestId) {
    // An answer that does not fit its shape fails here, as in JSON.
    renderOutput(model, model.operations[operationName].output, output);
    return {
      status: 200,
      headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
      body: builder.build({
        [`${operationName}Response`]: {
          '@xmlns': namespace,
          [`${operationName}Result`]: toXml(output),
          ResponseMetadata: { RequestId: requestId },
        },
      }),
    };
  },

  renderError(error, requestId) {
    return {
      status: error.status,
      headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
      body: builder.build({
        ErrorResponse: {
          '@xmlns': namespace,
          Error: {
            Type: error.status >= 500 ? 'Receiver' : 'Sender',
            Code: error.code,
            Message: error.message,
          },
          RequestId: requestId,
        },
      }),
    };
  },
});
