import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';

/**
 * What the client of the HTTP API needs of Backstage.
 *
 * @public
 */
export interface ApiCallerOptions {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  fetchApi: { fetch: typeof fetch };
}

/** What is sent beside the path. */
export interface Call {
  method?: 'GET' | 'POST';
  query?: object;
  body?: object;
  /** The version that the caller saw, for writes that refuse a later one. */
  version?: number;
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/** Namespace and name of a data product, as they stand in paths. */
export function pathOfEntity(productRef: string): string {
  const { namespace, name } = parseEntityRef(productRef, {
    defaultKind: 'DataProduct',
    defaultNamespace: 'default',
  });
  return `${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
}

/** Lists are repeated; what is undefined is left out. */
function queryString(query: object): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) {
      params.append(key, String(item));
    }
  }
  const text = params.toString();
  return text && `?${text}`;
}

/** Calls the backend. Rejects with `ResponseError` where it answers an error. */
export class ApiCaller {
  readonly #options: ApiCallerOptions;

  constructor(options: ApiCallerOptions) {
    this.#options = options;
  }

  async json<T>(path: string, call: Call = {}): Promise<T> {
    const response = await this.#fetch(path, call);
    return (await response.json()) as T;
  }

  async blob(path: string, call: Call = {}): Promise<Blob> {
    const response = await this.#fetch(path, call);
    return response.blob();
  }

  async stream(
    path: string,
    call: Call = {},
  ): Promise<ReadableStream<Uint8Array>> {
    const { body } = await this.#fetch(path, call);
    if (!body) throw new Error('The backend answered without a file');
    return body;
  }

  async #fetch(path: string, call: Call): Promise<Response> {
    const { discoveryApi, fetchApi } = this.#options;
    const baseUrl = await discoveryApi.getBaseUrl('data-mesh');
    const headers: Record<string, string> = {};
    if (call.body) headers['content-type'] = 'application/json';
    if (call.version !== undefined) headers['if-match'] = String(call.version);
    if (call.idempotencyKey) headers['idempotency-key'] = call.idempotencyKey;
    const response = await fetchApi.fetch(
      `${baseUrl}${path}${queryString(call.query ?? {})}`,
      {
        method: call.method ?? 'GET',
        headers,
        body: call.body && JSON.stringify(call.body),
        signal: call.signal,
      },
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response;
  }
}
