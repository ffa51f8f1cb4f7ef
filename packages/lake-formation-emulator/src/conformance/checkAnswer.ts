import { XMLParser } from 'fast-xml-parser';
import { ServiceModel } from '../wire/ServiceModel';

const TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  timestamp: 'number',
  blob: 'string',
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What of a JSON answer does not fit the shape that the SDK has of it. */
export function problemsOfJson(
  model: ServiceModel,
  shapeName: string,
  value: unknown,
  path = '',
): string[] {
  const shape = model.shapes[shapeName];
  // A member without a value is as good as left out.
  if (value === null) return [];
  switch (shape.type) {
    case 'list':
      return Array.isArray(value)
        ? value.flatMap((entry, i) =>
            problemsOfJson(model, shape.member, entry, `${path}[${i}]`),
          )
        : [`${path} must be a list`];
    case 'map':
      return isObject(value)
        ? Object.entries(value).flatMap(([key, entry]) =>
            problemsOfJson(model, shape.value, entry, `${path}.${key}`),
          )
        : [`${path} must be a map`];
    case 'structure': {
      if (!isObject(value))
        return [`${path || 'the answer'} must be an object`];
      const missing = shape.required
        .filter(member => value[member] === undefined)
        .map(member => `${path}.${member} is missing`);
      return [
        ...missing,
        ...Object.entries(value).flatMap(([member, entry]) =>
          member in shape.members
            ? problemsOfJson(
                model,
                shape.members[member],
                entry,
                `${path}.${member}`,
              )
            : [`${path}.${member} is unknown`],
        ),
      ];
    }
    default:
      return typeof value === TYPES[shape.type]
        ? []
        : [`${path} must be a ${TYPES[shape.type]}`];
  }
}

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false });

function problemsOfElement(
  model: ServiceModel,
  shapeName: string,
  value: unknown,
  path: string,
): string[] {
  const shape = model.shapes[shapeName];
  // An element without content: an empty text, list or structure.
  if (value === '') return [];
  switch (shape.type) {
    case 'list': {
      if (!isObject(value)) return [`${path} must have members`];
      const entries = Array.isArray(value.member)
        ? value.member
        : [value.member];
      return entries.flatMap((entry, i) =>
        problemsOfElement(model, shape.member, entry, `${path}[${i}]`),
      );
    }
    case 'structure':
      if (!isObject(value)) return [`${path} must have elements`];
      return [
        ...shape.required
          .filter(member => value[member] === undefined)
          .map(member => `${path}.${member} is missing`),
        ...Object.entries(value).flatMap(([member, entry]) =>
          member in shape.members
            ? problemsOfElement(
                model,
                shape.members[member],
                entry,
                `${path}.${member}`,
              )
            : [`${path}.${member} is unknown`],
        ),
      ];
    case 'timestamp':
      return Number.isNaN(Date.parse(String(value)))
        ? [`${path} must be a time in ISO 8601`]
        : [];
    case 'number':
      return Number.isNaN(Number(value)) ? [`${path} must be a number`] : [];
    default:
      return [];
  }
}

/** What of an XML answer does not fit the shape that the SDK has of it. */
export function problemsOfXml(
  model: ServiceModel,
  operation: string,
  text: string,
): string[] {
  const { [`${operation}Response`]: response } = parser.parse(text);
  if (!isObject(response)) return [`there is no ${operation}Response`];
  return problemsOfElement(
    model,
    model.operations[operation].output,
    response[`${operation}Result`] ?? '',
    '',
  );
}
