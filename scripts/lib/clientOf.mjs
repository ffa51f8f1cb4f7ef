/**
 * Writes the types and the client of the HTTP API from its contract. What the
 * contract cannot say by itself is said there by extensions:
 *
 *   x-query     on an operation: the name of the type of its query
 *   x-download  on an operation: its answer is a file, as a `blob` or `stream`
 *   x-unwrap    on a schema: a body of one property is given as its value
 *   x-internal  on a schema: no type of its own
 */

/** TSDoc of one or several lines. */
function docOf(text, { indent = '', isPublic = true } = {}) {
  const words = text?.replace(/@/g, '\\@').split(/\s+/) ?? [];
  const lines = [''];
  for (const word of words) {
    const last = lines[lines.length - 1];
    if (last.length + word.length > 74) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  if (isPublic) lines.push('', '@public');
  return `${indent}/**\n${lines
    .map(line => `${indent} * ${line}`.trimEnd())
    .join('\n')}\n${indent} */`;
}

const nameOfRef = ({ $ref }) => $ref.split('/').pop();

function follow(spec, value) {
  if (!value.$ref) return value;
  return value.$ref
    .slice(2)
    .split('/')
    .reduce((at, key) => at[key], spec);
}

/** Everything the client needs to know of one operation. */
function operationOf(spec, path, method, operation) {
  const parameters = (operation.parameters ?? []).map(one => follow(spec, one));
  const inPlace = place => parameters.filter(one => one.in === place);
  const names = inPlace('path').map(one => one.name);
  // A reference stands in the path as its parts.
  const isOfEntity = names.includes('namespace') && names.includes('name');
  const body = operation.requestBody?.content['application/json'].schema;
  const bodySchema = body && follow(spec, body);
  const success = follow(
    spec,
    Object.entries(operation.responses).find(
      ([status]) => Number(status) < 300,
    )[1],
  );
  return {
    id: operation.operationId,
    summary: operation.summary ?? success.description,
    path,
    method: method.toUpperCase(),
    names,
    isOfEntity,
    hasVersion: inPlace('header').some(one => one.name === 'if-match'),
    hasKey: inPlace('header').some(one => one.name === 'idempotency-key'),
    query: inPlace('query'),
    queryName: operation['x-query'],
    body: body && { name: nameOfRef(body), schema: bodySchema },
    download: operation['x-download'],
    answer: success.content['application/json']?.schema,
  };
}

function queryTypeOf({ id, queryName }) {
  if (!queryName) {
    throw new Error(
      `The operation '${id}' has a query without x-query, the name of its type`,
    );
  }
  return queryName;
}

/** Parameters of the method, and what it sends of them. */
function signatureOf(operation) {
  const { body, query } = operation;
  const given = [];
  const sent = [];
  if (operation.isOfEntity) given.push('productRef: string');
  else operation.names.forEach(name => given.push(`${name}: string`));
  if (operation.hasVersion) {
    given.push('version: number');
    sent.push('version');
  }
  if (body?.schema['x-unwrap']) {
    const [name] = Object.keys(body.schema.properties);
    const isRequired = body.schema.required?.includes(name);
    given.push(`${name}${isRequired ? '' : '?'}: string`);
    sent.push(`body: { ${name} }`);
  } else if (body) {
    const isRequired = (body.schema.required ?? []).length > 0;
    const name = nameOfBody(body.name);
    given.push(`${name}${isRequired ? '' : '?'}: ${body.name}`);
    sent.push(isRequired ? `body: ${name}` : `body: ${name} ?? {}`);
  }
  if (operation.download) {
    const format = `${queryTypeOf(operation)}['format']`;
    const isRequired = query.some(one => one.required);
    given.push(
      `format: ${format}`,
      `query${isRequired ? '' : '?'}: Omit<${queryTypeOf(
        operation,
      )}, 'format'>`,
    );
    sent.push('query: { format, ...query }');
  } else if (query.length === 1 && query[0].required) {
    given.push(`${query[0].name}: string`);
    sent.push(`query: { ${query[0].name} }`);
  } else if (query.length > 0) {
    const isRequired = query.some(one => one.required);
    given.push(`query${isRequired ? '' : '?'}: ${queryTypeOf(operation)}`);
    sent.push('query');
  }
  if (operation.hasKey) {
    given.push('options?: { idempotencyKey?: string }');
    sent.push('idempotencyKey: options?.idempotencyKey');
  } else if (operation.id.startsWith('preview') && body) {
    given.push('options?: { signal?: AbortSignal }');
    sent.push('signal: options?.signal');
  }
  return { given: given.join(', '), sent };
}

/** `NewRequest` is `request`, `ClaimDraft` is `draft`. */
function nameOfBody(type) {
  const short = type.replace(/^New(?=[A-Z])/, '').replace(/^.*(Draft)$/, '$1');
  return short[0].toLowerCase() + short.slice(1);
}

const DOWNLOADS = { blob: 'Blob', stream: 'ReadableStream<Uint8Array>' };

function answerOf({ download, answer }) {
  return download ? DOWNLOADS[download] : nameOfRef(answer);
}

function pathOf({ path, isOfEntity }) {
  if (isOfEntity) {
    const rest = path.split('{name}')[1];
    return `\`/v1/products/\${pathOfEntity(productRef)}${rest}\``;
  }
  return path.includes('{')
    ? `\`${path.replace(
        /\{(\w+)\}/g,
        (_, name) => `\${encodeURIComponent(${name})}`,
      )}\``
    : `'${path}'`;
}

function methodOf(operation) {
  const { given, sent } = signatureOf(operation);
  const call = [
    ...(operation.method === 'GET' ? [] : [`method: '${operation.method}'`]),
    ...sent,
  ];
  const args = call.length > 0 ? `, { ${call.join(', ')} }` : '';
  const how = operation.download
    ? `this.#caller.${operation.download}(${pathOf(operation)}${args})`
    : `this.#caller.json<${answerOf(operation)}>(${pathOf(operation)}${args})`;
  return `  ${operation.id}(${given}) {\n    return ${how};\n  }`;
}

export function typesOf(spec) {
  const schemas = Object.entries(spec.components.schemas)
    .filter(([, schema]) => !schema['x-internal'])
    .map(
      ([name, schema]) =>
        `${docOf(
          schema.description ?? name,
        )}\nexport type ${name} = components['schemas']['${name}'];`,
    );
  const queries = operationsOf(spec)
    .filter(operation => operation.queryName)
    .map(
      ({ id, queryName }) =>
        `${docOf(
          `What \`${id}\` can be asked for.`,
        )}\nexport type ${queryName} = NonNullable<operations['${id}']['parameters']['query']>;`,
    );
  return [
    "import type { components, operations } from './openapi.generated';",
    ...schemas,
    ...queries,
  ].join('\n\n');
}

function operationsOf(spec) {
  return Object.entries(spec.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) =>
      operationOf(spec, path, method, operation),
    ),
  );
}

export function clientOf(spec) {
  const operations = operationsOf(spec);
  const methods = operations.map(methodOf);
  const members = operations.map(operation => {
    const { given } = signatureOf(operation);
    return `${docOf(operation.summary, {
      indent: '  ',
      isPublic: false,
    })}\n  ${operation.id}(${given}): Promise<${answerOf(operation)}>;`;
  });
  const text = [...methods, ...members].join('\n');
  const used = [
    ...Object.keys(spec.components.schemas),
    ...operations.map(one => one.queryName).filter(Boolean),
  ].filter(name => new RegExp(`\\b${name}\\b`).test(text));
  return `import { ApiCaller, pathOfEntity, type ApiCallerOptions } from './ApiCaller';
import type { ${used.sort().join(', ')} } from './types.generated';

/**
 * The HTTP API of the data mesh backend. Every method rejects with
 * \`ResponseError\` of \`@backstage/errors\` where the backend answers an error;
 * \`error.body.error.problems\` then names the fields, where there are any.
 *
 * @public
 */
export interface DataMeshApi {
${members.join('\n')}
}

/**
 * Client of {@link DataMeshApi} over Backstage's discovery and fetch APIs.
 *
 * @public
 */
export class DataMeshClient implements DataMeshApi {
  readonly #caller: ApiCaller;

  constructor(options: ApiCallerOptions) {
    this.#caller = new ApiCaller(options);
  }

${methods.join('\n\n')}
}
`;
}
