import { ResponseError } from '@backstage/errors';
import { parseEntityRef } from '@backstage/catalog-model';
import type {
  AccessAnswer,
  AuditCheckpointPage,
  AuditPage,
  AuditQuery,
  AuditVerification,
  ClaimDetail,
  ClaimDraft,
  ClaimPage,
  ClaimPreview,
  ClaimQuery,
  CreatedRequests,
  AcceptedName,
  DoctorReport,
  NameAcceptance,
  NameVerdict,
  DriftPage,
  DriftQuery,
  DriftResolution,
  EntitlementDetail,
  EntitlementPage,
  EntitlementQuery,
  GrantExplanation,
  GrantPage,
  GrantQuery,
  GrantSummaryPage,
  GrantSummaryQuery,
  HeldPlace,
  Me,
  NewClaim,
  NewClaimDecision,
  NewClaimRevision,
  NewCredentials,
  NewDecision,
  NewDriftResolution,
  NewGiveBack,
  NewHandOver,
  NewMove,
  NewNarrowing,
  NewPublicationDecision,
  NewReconciliation,
  NewRequest,
  NewRevision,
  NewScan,
  NewTagging,
  PlaceChange,
  ProductGrants,
  ProductTags,
  ProductUsage,
  PublicationDetail,
  PublicationPage,
  PublicationQuery,
  Readiness,
  Reconciliation,
  RequestCounts,
  RequestDetail,
  RequestDraft,
  RequestPage,
  RequestPreview,
  RequestQuery,
  RevocationPreview,
  SuccessorList,
  ScanStatus,
  Tagging,
  TemporaryCredentials,
  Usage,
  WhatQuery,
  WhoQuery,
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
  listSuccessors(productRef: string): Promise<SuccessorList>;
  /**
   * @param query - how old an answer will do; left out, AWS is looked at now
   */
  getProductTags(
    productRef: string,
    query?: { maxAgeSeconds?: number },
  ): Promise<ProductTags>;
  applyProductTags(productRef: string, tagging?: NewTagging): Promise<Tagging>;
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
  listPlaces(query?: { domainRef?: string }): Promise<{ items: HeldPlace[] }>;
  /** Changes nothing in a dry run. */
  handOverPlace(id: string, handOver: NewHandOver): Promise<PlaceChange>;
  /** Changes nothing in a dry run. */
  giveBackPlace(id: string, giveBack: NewGiveBack): Promise<PlaceChange>;
  listClaims(query?: ClaimQuery): Promise<ClaimPage>;
  previewClaim(
    draft: ClaimDraft,
    options?: { signal?: AbortSignal },
  ): Promise<ClaimPreview>;
  createClaim(
    claim: NewClaim,
    options?: { idempotencyKey?: string },
  ): Promise<ClaimDetail>;
  getClaim(id: string): Promise<ClaimDetail>;
  decideClaim(
    id: string,
    version: number,
    decision: NewClaimDecision,
  ): Promise<ClaimDetail>;
  reviseClaim(
    id: string,
    version: number,
    revision: NewClaimRevision,
  ): Promise<ClaimDetail>;
  withdrawClaim(
    id: string,
    version: number,
    reason?: string,
  ): Promise<ClaimDetail>;
  listPublications(query?: PublicationQuery): Promise<PublicationPage>;
  getPublication(id: string): Promise<PublicationDetail>;
  decidePublication(
    id: string,
    version: number,
    decision: NewPublicationDecision,
  ): Promise<PublicationDetail>;
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
  reapplyEntitlement(id: string, version: number): Promise<EntitlementDetail>;
  narrowEntitlement(
    id: string,
    version: number,
    narrowing: NewNarrowing,
  ): Promise<EntitlementDetail>;
  closeResidue(
    id: string,
    version: number,
    reason: string,
  ): Promise<EntitlementDetail>;
  moveEntitlement(
    id: string,
    version: number,
    move: NewMove,
  ): Promise<EntitlementDetail>;
  getReadiness(id: string): Promise<Readiness>;
  getUsage(id: string): Promise<Usage>;
  vendCredentials(
    id: string,
    wanted: NewCredentials,
  ): Promise<TemporaryCredentials>;
  listGrants(query?: GrantQuery): Promise<GrantPage>;
  /** @returns the file, to be streamed */
  exportGrants(format: 'csv' | 'json', query?: GrantQuery): Promise<Blob>;
  summarizeGrants(query: GrantSummaryQuery): Promise<GrantSummaryPage>;
  explainGrant(id: string): Promise<GrantExplanation>;
  listDrift(query?: DriftQuery): Promise<DriftPage>;
  resolveDrift(resolution: NewDriftResolution): Promise<DriftResolution>;
  reconcile(reconciliation: NewReconciliation): Promise<Reconciliation>;
  listScans(): Promise<ScanStatus>;
  startScan(scan?: NewScan): Promise<ScanStatus>;
  releaseScan(id: string, reason: string): Promise<ScanStatus>;
  whoCanAccess(query: WhoQuery): Promise<AccessAnswer>;
  whatCanAccess(query: WhatQuery): Promise<AccessAnswer>;
  getDoctor(): Promise<DoctorReport>;
  findName(ref: string): Promise<NameVerdict>;
  acceptName(acceptance: NameAcceptance): Promise<AcceptedName>;
  listAuditEvents(query?: AuditQuery): Promise<AuditPage>;
  /** @returns the file as it arrives; events oldest first */
  exportAuditEvents(
    format: 'ndjson' | 'csv',
    query?: Omit<AuditQuery, 'limit' | 'cursor'>,
  ): Promise<ReadableStream<Uint8Array>>;
  verifyAudit(): Promise<AuditVerification>;
  listAuditCheckpoints(query?: {
    limit?: number;
    cursor?: string;
  }): Promise<AuditCheckpointPage>;
}

function pathOfProduct(
  productRef: string,
  what: 'grants' | 'successors' | 'tags',
): string {
  const { namespace, name } = parseEntityRef(productRef, {
    defaultKind: 'DataProduct',
    defaultNamespace: 'default',
  });
  return `/v1/products/${encodeURIComponent(namespace)}/${encodeURIComponent(
    name,
  )}/${what}`;
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
    return this.#call<ProductGrants>(pathOfProduct(productRef, 'grants'));
  }

  listSuccessors(productRef: string) {
    return this.#call<SuccessorList>(pathOfProduct(productRef, 'successors'));
  }

  getProductTags(productRef: string, query?: { maxAgeSeconds?: number }) {
    return this.#call<ProductTags>(pathOfProduct(productRef, 'tags'), {
      query,
    });
  }

  applyProductTags(productRef: string, tagging: NewTagging = {}) {
    return this.#call<Tagging>(pathOfProduct(productRef, 'tags'), {
      method: 'POST',
      body: tagging,
    });
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

  listPlaces(query: { domainRef?: string } = {}) {
    return this.#call<{ items: HeldPlace[] }>('/v1/places', { query });
  }

  handOverPlace(id: string, handOver: NewHandOver) {
    return this.#post<PlaceChange>('places', id, 'hand-over', handOver);
  }

  giveBackPlace(id: string, giveBack: NewGiveBack) {
    return this.#post<PlaceChange>('places', id, 'give-back', giveBack);
  }

  listClaims(query: ClaimQuery = {}) {
    return this.#call<ClaimPage>('/v1/claims', { query });
  }

  previewClaim(draft: ClaimDraft, options?: { signal?: AbortSignal }) {
    return this.#call<ClaimPreview>('/v1/claims/preview', {
      method: 'POST',
      body: draft,
      signal: options?.signal,
    });
  }

  createClaim(claim: NewClaim, options?: { idempotencyKey?: string }) {
    return this.#call<ClaimDetail>('/v1/claims', {
      method: 'POST',
      body: claim,
      idempotencyKey: options?.idempotencyKey,
    });
  }

  getClaim(id: string) {
    return this.#call<ClaimDetail>(`/v1/claims/${encodeURIComponent(id)}`);
  }

  decideClaim(id: string, version: number, decision: NewClaimDecision) {
    return this.#post<ClaimDetail>(
      'claims',
      id,
      'decisions',
      decision,
      version,
    );
  }

  reviseClaim(id: string, version: number, revision: NewClaimRevision) {
    return this.#post<ClaimDetail>(
      'claims',
      id,
      'revisions',
      revision,
      version,
    );
  }

  withdrawClaim(id: string, version: number, reason?: string) {
    return this.#post<ClaimDetail>(
      'claims',
      id,
      'withdraw',
      { reason },
      version,
    );
  }

  listPublications(query: PublicationQuery = {}) {
    return this.#call<PublicationPage>('/v1/publications', { query });
  }

  getPublication(id: string) {
    return this.#call<PublicationDetail>(
      `/v1/publications/${encodeURIComponent(id)}`,
    );
  }

  decidePublication(
    id: string,
    version: number,
    decision: NewPublicationDecision,
  ) {
    return this.#post<PublicationDetail>(
      'publications',
      id,
      'decisions',
      decision,
      version,
    );
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

  reapplyEntitlement(id: string, version: number) {
    return this.#entitlement(id, 'reapply', version);
  }

  narrowEntitlement(id: string, version: number, narrowing: NewNarrowing) {
    return this.#entitlement(id, 'narrow', version, narrowing);
  }

  closeResidue(id: string, version: number, reason: string) {
    return this.#entitlement(id, 'residue', version, { reason });
  }

  moveEntitlement(id: string, version: number, move: NewMove) {
    return this.#entitlement(id, 'move', version, move);
  }

  getReadiness(id: string) {
    return this.#call<Readiness>(
      `/v1/entitlements/${encodeURIComponent(id)}/readiness`,
    );
  }

  getUsage(id: string) {
    return this.#call<Usage>(
      `/v1/entitlements/${encodeURIComponent(id)}/usage`,
    );
  }

  vendCredentials(id: string, wanted: NewCredentials) {
    return this.#call<TemporaryCredentials>(
      `/v1/entitlements/${encodeURIComponent(id)}/credentials`,
      { method: 'POST', body: wanted },
    );
  }

  listGrants(query: GrantQuery = {}) {
    return this.#call<GrantPage>('/v1/grants', { query });
  }

  async exportGrants(format: 'csv' | 'json', query: GrantQuery = {}) {
    const { cursor: _, limit: __, ...filter } = query;
    const response = await this.#fetch('/v1/grants/export', {
      query: { format, ...filter },
    });
    return response.blob();
  }

  summarizeGrants(query: GrantSummaryQuery) {
    return this.#call<GrantSummaryPage>('/v1/grants/summary', { query });
  }

  explainGrant(id: string) {
    return this.#call<GrantExplanation>(
      `/v1/grants/${encodeURIComponent(id)}/explanation`,
    );
  }

  listDrift(query: DriftQuery = {}) {
    return this.#call<DriftPage>('/v1/drift', { query });
  }

  resolveDrift(resolution: NewDriftResolution) {
    return this.#call<DriftResolution>('/v1/drift/resolutions', {
      method: 'POST',
      body: resolution,
    });
  }

  reconcile(reconciliation: NewReconciliation) {
    return this.#call<Reconciliation>('/v1/reconciliations', {
      method: 'POST',
      body: reconciliation,
    });
  }

  listScans() {
    return this.#call<ScanStatus>('/v1/scans');
  }

  startScan(scan: NewScan = {}) {
    return this.#call<ScanStatus>('/v1/scans', { method: 'POST', body: scan });
  }

  releaseScan(id: string, reason: string) {
    return this.#call<ScanStatus>(
      `/v1/scans/${encodeURIComponent(id)}/release`,
      { method: 'POST', body: { reason } },
    );
  }

  whoCanAccess(query: WhoQuery) {
    return this.#call<AccessAnswer>('/v1/access/who', { query });
  }

  whatCanAccess(query: WhatQuery) {
    return this.#call<AccessAnswer>('/v1/access/what', { query });
  }

  getDoctor() {
    return this.#call<DoctorReport>('/v1/doctor');
  }

  findName(ref: string) {
    return this.#call<NameVerdict>('/v1/names', { query: { ref } });
  }

  acceptName(acceptance: NameAcceptance) {
    return this.#call<AcceptedName>('/v1/names/accept', {
      method: 'POST',
      body: acceptance,
    });
  }

  listAuditEvents(query: AuditQuery = {}) {
    return this.#call<AuditPage>('/v1/audit', { query });
  }

  async exportAuditEvents(
    format: 'ndjson' | 'csv',
    query: Omit<AuditQuery, 'limit' | 'cursor'> = {},
  ) {
    const { body } = await this.#fetch('/v1/audit/export', {
      query: { format, ...query },
    });
    if (!body) throw new Error('The backend answered without a file');
    return body;
  }

  verifyAudit() {
    return this.#call<AuditVerification>('/v1/audit/verification');
  }

  listAuditCheckpoints(query: { limit?: number; cursor?: string } = {}) {
    return this.#call<AuditCheckpointPage>('/v1/audit/checkpoints', { query });
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

  #post<T>(
    things: string,
    id: string,
    what: string,
    body: object,
    version?: number,
  ) {
    return this.#call<T>(`/v1/${things}/${encodeURIComponent(id)}/${what}`, {
      method: 'POST',
      body,
      version,
    });
  }

  async #call<T>(path: string, call: Call = {}): Promise<T> {
    const response = await this.#fetch(path, call);
    return (await response.json()) as T;
  }

  async #fetch(path: string, call: Call): Promise<Response> {
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
    return response;
  }
}
