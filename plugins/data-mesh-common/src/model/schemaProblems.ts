import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import type { Problem } from '../client/types.generated';
import { dataProductSchema } from './dataProductSchema';
import { nameSuggester, type NameSuggester } from './nearestName';

let compiled: ValidateFunction | undefined;

/** Compiled on first use, so that a browser that never validates pays nothing. */
function schemaValidator(): ValidateFunction {
  compiled ??= new Ajv({ allErrors: true, verbose: true }).compile(
    dataProductSchema,
  );
  return compiled;
}

/** `/spec/outputPorts/0/name` → `spec.outputPorts[0].name`. */
function fieldOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce((path, part) => {
      if (/^\d+$/.test(part)) return `${path}[${part}]`;
      return path ? `${path}.${part}` : part;
    }, '');
}

function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 57)}...` : json;
}

function knownProperties(error: ErrorObject): string[] {
  return Object.keys(error.parentSchema?.properties ?? {});
}

function typeReason(error: ErrorObject): string {
  const found = Array.isArray(error.data) ? 'array' : typeof error.data;
  const base = `must be of type ${error.params.type}, found ${
    error.data === null ? 'null' : found
  } ${shown(error.data)}`;
  const quotable = ['number', 'boolean'].includes(found);
  return error.params.type === 'string' && quotable
    ? `${base}; put it in quotes`
    : base;
}

function reasonOf(error: ErrorObject, suggest: NameSuggester): string {
  switch (error.keyword) {
    case 'required':
      return 'is required and missing';
    case 'additionalProperties': {
      const near = suggest(
        error.params.additionalProperty,
        knownProperties(error),
      );
      const known = knownProperties(error).join(', ');
      return near
        ? `is not a known property, did you mean ${near}?`
        : `is not a known property; known are ${known}`;
    }
    case 'enum': {
      const allowed: string[] = error.params.allowedValues;
      const near =
        typeof error.data === 'string' && suggest(error.data, allowed);
      return `must be one of ${allowed.join(', ')}, found ${shown(error.data)}${
        near ? `, did you mean ${near}?` : ''
      }`;
    }
    case 'type':
      return typeReason(error);
    case 'minLength':
      return 'must not be empty';
    case 'maxLength':
      return `must have at most ${error.params.limit} characters, found ${
        typeof error.data === 'string' ? error.data.length : 'more'
      }`;
    case 'minItems':
      return 'must have at least one item';
    case 'pattern':
      return `must be: ${
        error.parentSchema?.description ?? error.params.pattern
      }; found ${shown(error.data)}`;
    default:
      return `${error.message ?? 'is not valid'}, found ${shown(error.data)}`;
  }
}

function fieldOfError(error: ErrorObject): string {
  const parent = fieldOf(error.instancePath);
  const child =
    error.keyword === 'required'
      ? error.params.missingProperty
      : error.params.additionalProperty;
  if (error.keyword !== 'required' && error.keyword !== 'additionalProperties')
    return parent;
  return parent ? `${parent}.${child}` : child;
}

/**
 * What the JSON schema finds wrong with an entity.
 *
 * @internal
 */
export function findSchemaProblems(entity: unknown): Problem[] {
  const validate = schemaValidator();
  if (validate(entity)) return [];
  const suggest = nameSuggester();
  const problems = (validate.errors ?? [])
    // `if` only repeats that something inside its `then` failed.
    .filter(error => error.keyword !== 'if')
    .map(error => ({
      field: fieldOfError(error),
      reason: reasonOf(error, suggest),
    }));
  // A field of a port may fail both in the port and in its `then`.
  const seen = new Set<string>();
  return problems.filter(({ field, reason }) => {
    const key = `${field}\n${reason}`;
    return seen.has(key) ? false : Boolean(seen.add(key));
  });
}
