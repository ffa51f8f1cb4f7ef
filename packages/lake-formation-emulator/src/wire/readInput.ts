import { AwsError, validationError } from '../model/api/AwsError';
import { ServiceModel } from './ServiceModel';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** AWS names members in its validation texts with a small first letter. */
const spoken = (member: string) =>
  member.charAt(0).toLocaleLowerCase('en-US') + member.slice(1);

const malformed = (path: string, expected: string) =>
  new AwsError(
    'SerializationException',
    `Expected ${expected} at '${path || 'the body'}'`,
  );

/**
 * Reads a request body by the shapes of the service: unknown members are
 * dropped as AWS drops them, wrong types are refused, timestamps (epoch
 * seconds) become dates, and all missing required members are reported at once.
 */
export function readInput(
  model: ServiceModel,
  shapeName: string,
  body: unknown,
): Record<string, unknown> {
  const problems: string[] = [];

  function read(name: string, value: unknown, path: string): unknown {
    const shape = model.shapes[name];
    switch (shape.type) {
      case 'string':
        if (typeof value !== 'string') throw malformed(path, 'a string');
        return value;
      case 'number':
        if (typeof value !== 'number') throw malformed(path, 'a number');
        return value;
      case 'boolean':
        if (typeof value !== 'boolean') throw malformed(path, 'a boolean');
        return value;
      case 'timestamp':
        if (typeof value !== 'number') {
          throw malformed(path, 'a timestamp in epoch seconds');
        }
        return new Date(value * 1000);
      case 'blob':
        if (typeof value !== 'string') throw malformed(path, 'base64 text');
        return Buffer.from(value, 'base64');
      case 'list':
        if (!Array.isArray(value)) throw malformed(path, 'a list');
        return value.map((entry, i) =>
          read(shape.member, entry, `${path}.${i + 1}.member`),
        );
      case 'map':
        if (!isObject(value)) throw malformed(path, 'a map');
        return Object.fromEntries(
          Object.entries(value).map(([key, entry]) => [
            key,
            read(shape.value, entry, `${path}.${key}`),
          ]),
        );
      default: {
        if (!isObject(value)) throw malformed(path, 'a structure');
        const found: Record<string, unknown> = {};
        for (const [member, memberShape] of Object.entries(shape.members)) {
          const at = path ? `${path}.${spoken(member)}` : spoken(member);
          const entry = value[member];
          if (entry !== undefined && entry !== null) {
            found[member] = read(memberShape, entry, at);
          } else if (shape.required.includes(member)) {
            problems.push(
              `Value null at '${at}' failed to satisfy constraint: Member must not be null`,
            );
          }
        }
        return found;
      }
    }
  }

  const input = read(shapeName, body ?? {}, '') as Record<string, unknown>;
  if (problems.length) {
    throw validationError(problems);
  }
  return input;
}
