import { ResponseError } from '@backstage/errors';
import { parseEntityRef } from '@backstage/catalog-model';
import type {
  AuditPage,
  AuditQuery,
  AuditVerification,
  CreatedRequests,
  EntitlementDetail,
  EntitlementPage,
  EntitlementQuery,
  Me,
  NewDecision,
  NewRequest,
  NewRevision,
  ProductGrants,
  ProductUsage,
  RequestCounts,
  RequestDetail,
  RequestDraft,
  RequestPage,
  RequestPreview,
  RequestQuery,
  RevocationPreview,
} from './types';

/**
 * The HTTP API of the data mesh backend. Every method rejects with
 * `ResponseError` of `@backstage/errors` where the backend answers an error;
 * `error.body.error.problems` then names the fields, where there are any.
 *
 * @public
 */
export interface DataMeshApi {
  getMe(): Promise<Me>;
  listProductUsage(): Promise<{ items: ProductUsage[] }>;
  getProductGrants(productRef: string): Promise<ProductGrants>;
  listRequests(query?: RequestQuery): Promise<RequestPage>;
  countRequests(): Promise<RequestCounts>;
  previewRequest(
    draft: RequestDraft,
    options?: { signal?: AbortSignal },
  ): Promise<RequestPreview>;
  createRequests(
    request: NewRequest,
    options?: { idempotencyKey?: string },
  ): Promise<CreatedRequests>;
  getRequest(id: string): Promise<RequestDetail>;
  decideRequest(
    id: string,
    version: number,
    decision: NewDecision,
  ): Promise<RequestDetail>;
  reviseRequest(
    id: string,
    version: number,
    revision: NewRevision,
  ): Promise<RequestDetail>;
  commentRequest(id: string, text: string): Promise<RequestDetail>;
  withdrawRequest(
    id: string,
    version: number,
    reason?: string,
  ): Promise<RequestDetail>;
  listEntitlements(query?: EntitlementQuery): Promise<EntitlementPage>;
  getEntitlement(id: string): Promise<EntitlementDetail>;
  previewRevocation(id: string): Promise<RevocationPreview>;
  revokeEntitlement(
    id: string,
    version: number,
    reason: string,
  ): Promise<EntitlementDetail>;
  relinquishEntitlement(
    id: string,
    version: number,
    reason?: string,
  ): Promise<EntitlementDetail>;
  retryEntitlement(id: string, version: number): Promise<EntitlementDetail>;
  listAuditEvents(query?: AuditQuery): Promise<AuditPage>;
  verifyAudit(): Promise<AuditVerification>;
}

interface Call {
  method?: 'GET' | 'POST';
  query?: object;
  body?: object;
  version?: number;
  idempotencyKey?: string;
  signal?: AbortSignal;
}

function queryString(query: object): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) {
      params.append(key, String(one));
    }
  }
  const text = params.toString();
  return text && `?${text}`;
}

/**
 * Client of {@link DataMeshApi} over Backstage's discovery and fetch APIs.
 *
 * @public
 */
export class DataMeshClient implements DataMeshApi {
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  getMe() {
    return this.#call<Me>('/v1/me');
  }

  listProductUsage() {
    return this.#call<{ items: ProductUsage[] }>('/v1/products');
  }

  getProductGrants(productRef: string) {
    const { namespace, name } = parseEntityRef(productRef, {
      defaultKind: 'DataProduct',
      defaultNamespace: 'default',
    });
    return this.#call<ProductGrants>(
      `/v1/products/${encodeURIComponent(namespace)}/${encodeURIComponent(
        name,
      )}/grants`,
    );
  }

  listRequests(query: RequestQuery = {}) {
    return this.#call<RequestPage>('/v1/requests', { query });
  }

  countRequests() {
    return this.#call<RequestCounts>('/v1/requests/counts');
  }

  previewRequest(draft: RequestDraft, options?: { signal?: AbortSignal }) {
    return this.#call<RequestPreview>('/v1/requests/preview', {
      method: 'POST',
      body: draft,
      signal: options?.signal,
    });
  }

  createRequests(request: NewRequest, options?: { idempotencyKey?: string }) {
    return this.#call<CreatedRequests>('/v1/requests', {
      method: 'POST',
      body: request,
      idempotencyKey: options?.idempotencyKey,
    });
  }

  getRequest(id: string) {
    return this.#call<RequestDetail>(`/v1/requests/${encodeURIComponent(id)}`);
  }

  decideRequest(id: string, version: number, decision: NewDecision) {
    return this.#request(id, 'decisions', decision, version);
  }

  reviseRequest(id: string, version: number, revision: NewRevision) {
    return this.#request(id, 'revisions', revision, version);
  }

  commentRequest(id: string, text: string) {
    return this.#request(id, 'comments', { text });
  }

  withdrawRequest(id: string, version: number, reason?: string) {
    return this.#request(id, 'withdraw', { reason }, version);
  }

  listEntitlements(query: EntitlementQuery = {}) {
    return this.#call<EntitlementPage>('/v1/entitlements', { query });
  }

  getEntitlement(id: string) {
    return this.#call<EntitlementDetail>(
      `/v1/entitlements/${encodeURIComponent(id)}`,
    );
  }

  previewRevocation(id: string) {
    return this.#call<RevocationPreview>(
      `/v1/entitlements/${encodeURIComponent(id)}/revocation`,
    );
  }

  revokeEntitlement(id: string, version: number, reason: string) {
    return this.#entitlement(id, 'revoke', version, { reason });
  }

  relinquishEntitlement(id: string, version: number, reason?: string) {
    return this.#entitlement(id, 'relinquish', version, { reason });
  }

  retryEntitlement(id: string, version: number) {
    return this.#entitlement(id, 'retry', version);
  }

  listAuditEvents(query: AuditQuery = {}) {
    return this.#call<AuditPage>('/v1/audit', { query });
  }

  verifyAudit() {
    return this.#call<AuditVerification>('/v1/audit/verification');
  }

  #request(id: string, what: string, body: object, version?: number) {
    return this.#call<RequestDetail>(
      `/v1/requests/${encodeURIComponent(id)}/${what}`,
      { method: 'POST', body, version },
    );
  }

  #entitlement(id: string, what: string, version: number, body?: object) {
    return this.#call<EntitlementDetail>(
      `/v1/entitlements/${encodeURIComponent(id)}/${what}`,
      { method: 'POST', body, version },
    );
  }

  async #call<T>(path: string, call: Call = {}): Promise<T> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('data-mesh');
    const headers: Record<string, string> = {};
    if (call.body) headers['content-type'] = 'application/json';
    if (call.version !== undefined) headers['if-match'] = String(call.version);
    if (call.idempotencyKey) headers['idempotency-key'] = call.idempotencyKey;
    const response = await this.#fetchApi.fetch(
      `${baseUrl}${path}${queryString(call.query ?? {})}`,
      {
        method: call.method ?? 'GET',
        headers,
        body: call.body && JSON.stringify(call.body),
        signal: call.signal,
      },
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return (await response.json()) as T;
  }
}
