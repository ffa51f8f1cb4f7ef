import type {
  AccessAnswer,
  AccessSubject,
  AuditCheck,
  AuditCheckpointPage,
  AuditCountQuery,
  AuditCounts,
  AuditPage,
  AuditQuery,
  AuditState,
  AuditVerification,
  ClaimDetail,
  ClaimDraft,
  ClaimPreview,
  ClaimQuery,
  DataMeshApi,
  DataProductEntity,
  DoctorReport,
  NameAcceptance,
  DriftPage,
  DriftQuery,
  EntitlementDetail,
  EntitlementPage,
  EntitlementQuery,
  Grant,
  GrantExplanation,
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
  PortOverview,
  ProductGrants,
  ProductOverview,
  ProductSearchQuery,
  ProductTags,
  ProductUsage,
  PublicationDetail,
  PublicationQuery,
  Readiness,
  RequestDetail,
  RequestDraft,
  RequestPage,
  RequestPreview,
  RequestQuery,
  RevocationPreview,
  SuccessorList,
  ScanStatus,
  Usage,
  WhatQuery,
  WhoQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  createProductIndex,
  openRequestStates,
  productSearchPage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { NotFoundError, ResponseError } from '@backstage/errors';
import {
  aMe,
  anEntitlementDetail,
  aPreview,
  aProduct,
  aRequestDetail,
  aUsage,
  someGrants,
} from './builders';

type Method = keyof DataMeshApi;

/** An error as the backend answers it. */
export async function anAnswer(
  status: number,
  name: string,
  message: string,
  problems?: Array<{ field: string; reason: string }>,
): Promise<ResponseError> {
  const body = {
    error: { name, message, problems },
    response: { statusCode: status },
  };
  return ResponseError.fromResponse({
    ok: false,
    status,
    statusText: name,
    url: 'http://localhost:7007/api/data-mesh/v1',
    headers: new Headers({ 'content-type': 'application/json' }),
    text: async () => JSON.stringify(body),
    json: async () => body,
  } as Response);
}

/**
 * The backend in memory, for tests and for looking at pages without one. Set
 * its records, tell a method to fail or to hang, and read what was called.
 */
export class FakeDataMeshApi implements DataMeshApi {
  me: Me = aMe();
  /** What the catalog has. */
  products: DataProductEntity[] = [aProduct()];
  /** Domains that the caller answers for. */
  ownDomains: string[] = [];
  usage: ProductUsage[] = [aUsage()];
  maySeeTags = true;
  /** Requests of each product that wait for the caller. */
  toDecide = 0;
  /** Ports of each product that the caller has nothing to do with. */
  emptyPorts: string[] = [];
  requests: RequestDetail[] = [aRequestDetail()];
  entitlements: EntitlementDetail[] = [anEntitlementDetail()];
  grants: ProductGrants = someGrants();
  successors: SuccessorList['items'] = [];
  tags: ProductTags = {
    productRef: 'dataproduct:default/customer-profiles',
    checkedAt: '2026-11-20T09:00:00.000Z',
    keys: [],
    ontology: [],
    tables: [],
    findings: [],
    steps: [],
    errors: [],
    mayApply: true,
  };
  /** What applying the tags fails with, by the id of the step. */
  failingTagSteps = new Map<string, string>();
  preview: RequestPreview = aPreview();
  revocation: RevocationPreview = {
    removes: [
      { words: { text: 'SELECT on `crm.profiles` from `analytics-role`' } },
    ],
    keeps: [
      {
        words: { text: 'DESCRIBE on database `crm`' },
        because: { text: 'another entitlement of `analytics-role` needs it' },
      },
    ],
  };
  observed: Grant[] = [];
  summary: GrantSummaryPage = { items: [] };
  explanations = new Map<string, GrantExplanation['chain']>();
  drift: DriftPage['items'] = [];
  /** Kinds of drift of which there is more than is counted. */
  atLeast: DriftPage['atLeast'] = [];
  /** What would be applied again. */
  lacking: Array<{ entitlementId: string; words: string[] }> = [];
  scans: ScanStatus = { items: [], maySteer: true };
  subjects: AccessSubject[] = [];
  answer: AccessAnswer = {
    asOf: '2026-11-20T09:00:00.000Z',
    isKnown: true,
    knownSince: '2026-11-12T08:10:00.000Z',
    items: [],
    changes: [],
    caveats: [],
  };
  places: HeldPlace[] = [];
  placeChange: PlaceChange = {
    dryRun: true,
    words: [],
    publications: [],
    entitlements: 0,
    requests: 0,
    hidden: 0,
  };
  claims: ClaimDetail[] = [];
  claimPreview: ClaimPreview = { problems: [], overlaps: [] };
  publications: PublicationDetail[] = [];
  readiness: Readiness = {
    ready: 'yes',
    checks: [],
    checkedAt: '2026-11-20T09:00:00.000Z',
  };
  guide: Usage = { snippets: [], credentials: { available: false } };
  doctor: DoctorReport = { items: [], checkedAt: '2026-11-20T09:00:00.000Z' };
  audit: AuditPage = { items: [], about: [] };
  auditState: AuditState = {
    events: 0,
    checkpoints: 0,
    checkpointSeconds: 3_600,
    keptIn: [],
  };
  verification: AuditVerification = {
    whole: true,
    events: 0,
    checkpoints: { taken: 0, signed: 0, unsigned: 0, otherKey: 0 },
    words: 'The chain is whole.',
  };
  checkpoints: AuditCheckpointPage = { items: [] };

  /** What was called with which arguments, in order. */
  readonly calls: Array<{ method: Method; args: unknown[] }> = [];
  readonly #errors = new Map<Method, Error>();
  readonly #hanging = new Set<Method>();

  /** Every next call of the method fails, until {@link heal}. */
  fail(method: Method, error: Error): this {
    this.#errors.set(method, error);
    return this;
  }

  /** The method never answers. */
  hang(method: Method): this {
    this.#hanging.add(method);
    return this;
  }

  heal(): this {
    this.#errors.clear();
    this.#hanging.clear();
    return this;
  }

  called(method: Method): unknown[][] {
    return this.calls.filter(c => c.method === method).map(c => c.args);
  }

  getMe() {
    return this.#answer('getMe', [], () => this.me);
  }

  getProductOverview(productRef: string) {
    return this.#answer('getProductOverview', [productRef], () => {
      const used = this.usage.find(one => one.productRef === productRef);
      const access = this.entitlements.filter(
        one => one.productRef === productRef,
      );
      const requests = this.requests.filter(
        one => one.productRef === productRef,
      );
      const names = [
        ...[...access, ...requests].map(({ port }) => port),
        ...this.emptyPorts,
      ];
      const overview: ProductOverview = {
        productRef,
        consumers: used?.consumers ?? 0,
        medianDecisionHours: used?.medianDecisionHours,
        toDecide: this.toDecide,
        maySeeTags: this.maySeeTags,
        ports: [...new Set(names)].map(
          (port): PortOverview => ({
            port,
            access: access.filter(one => one.port === port),
            requests: requests.filter(one => one.port === port),
          }),
        ),
      };
      return overview;
    });
  }

  findProducts(query: ProductSearchQuery = {}) {
    return this.#answer('findProducts', [query], () =>
      productSearchPage(createProductIndex(this.products), query, {
        usage: new Map(this.usage.map(one => [one.productRef, one])),
        ownershipRefs: this.me.ownershipRefs,
        ownDomains: this.ownDomains,
      }),
    );
  }

  listProductUsage() {
    return this.#answer('listProductUsage', [], () => ({ items: this.usage }));
  }

  getProductGrants(productRef: string) {
    return this.#answer('getProductGrants', [productRef], () => this.grants);
  }

  listSuccessors(productRef: string) {
    return this.#answer('listSuccessors', [productRef], () => ({
      items: this.successors,
    }));
  }

  getProductTags(productRef: string, query?: { maxAgeSeconds?: number }) {
    return this.#answer(
      'getProductTags',
      query ? [productRef, query] : [productRef],
      () => this.tags,
    );
  }

  applyProductTags(productRef: string, { dryRun = false }: NewTagging = {}) {
    return this.#answer('applyProductTags', [productRef, { dryRun }], () => {
      const { steps, findings } = this.tags;
      const failing = dryRun ? new Map<string, string>() : this.failingTagSteps;
      if (!dryRun) {
        this.tags = {
          ...this.tags,
          steps: steps.filter(({ id }) => failing.has(id)),
          findings: failing.size > 0 ? findings : [],
        };
      }
      return {
        productRef,
        dryRun,
        items: steps.map(step => {
          const error = failing.get(step.id);
          return error ? { step, ok: false, error } : { step, ok: true };
        }),
        left: dryRun ? findings : this.tags.findings,
      };
    });
  }

  listRequests(query: RequestQuery = {}): Promise<RequestPage> {
    return this.#answer('listRequests', [query], () => ({
      items: this.requests.filter(
        request =>
          (!query.productRef || request.productRef === query.productRef) &&
          (!query.state?.length || query.state.includes(request.state)) &&
          (query.view !== 'mine' ||
            this.me.ownershipRefs.includes(request.requesterRef)) &&
          (query.view !== 'toDecide' || request.actions.includes('approve')),
      ),
    }));
  }

  countRequests() {
    return this.#answer('countRequests', [], () => ({
      toDecide: this.requests.filter(r => r.actions.includes('approve')).length,
      mine: this.requests.filter(
        r =>
          this.me.ownershipRefs.includes(r.requesterRef) &&
          openRequestStates.includes(r.state),
      ).length,
    }));
  }

  previewRequest(draft: RequestDraft) {
    return this.#answer('previewRequest', [draft], () => this.preview);
  }

  createRequests(request: NewRequest, options?: { idempotencyKey?: string }) {
    return this.#answer('createRequests', [request, options], () => {
      const items = request.principals.map((id, index) =>
        aRequestDetail({
          id: `req-new-${index + 1}`,
          principal: { ...aRequestDetail().principal, id },
          productRef: request.productRef,
          port: request.port,
          scope: request.scope,
          purpose: request.purpose,
          justification: request.justification,
          durationDays: request.durationDays,
        }),
      );
      this.requests = [...this.requests, ...items];
      return { groupId: 'group-new', items };
    });
  }

  getRequest(id: string) {
    return this.#answer('getRequest', [id], () => this.#request(id));
  }

  decideRequest(id: string, version: number, decision: NewDecision) {
    return this.#answer('decideRequest', [id, version, decision], () =>
      this.#change(id, {
        state: (
          {
            approve: 'approved',
            reject: 'rejected',
            'request-changes': 'changes-requested',
          } as const
        )[decision.decision],
        actions: ['comment'],
        decisions: [
          ...this.#request(id).decisions,
          {
            id: `decision-${version}`,
            actorRef: this.me.userRef,
            stage: this.#request(id).stage,
            at: new Date().toISOString(),
            ...decision,
          },
        ],
      }),
    );
  }

  undoDecision(id: string) {
    return this.#answer('undoDecision', [id], () =>
      this.#change(id, { deciding: undefined }),
    );
  }

  reviseRequest(id: string, version: number, revision: NewRevision) {
    const { comment: _, ...values } = revision;
    return this.#answer('reviseRequest', [id, version, revision], () =>
      this.#change(id, { state: 'pending', ...values }),
    );
  }

  commentRequest(id: string, text: string) {
    return this.#answer('commentRequest', [id, text], () => {
      const { comments } = this.#request(id);
      return this.#change(id, {
        comments: [
          ...comments,
          {
            id: `comment-${comments.length + 1}`,
            authorRef: this.me.userRef,
            text,
            at: new Date().toISOString(),
          },
        ],
      });
    });
  }

  withdrawRequest(id: string, version: number, reason?: string) {
    return this.#answer('withdrawRequest', [id, version, reason], () =>
      this.#change(id, { state: 'withdrawn', actions: [] }),
    );
  }

  listPlaces(query: { domainRef?: string } = {}) {
    return this.#answer('listPlaces', [query], () => ({
      items: this.places.filter(
        place => !query.domainRef || place.domainRef === query.domainRef,
      ),
    }));
  }

  handOverPlace(id: string, handOver: NewHandOver) {
    return this.#answer('handOverPlace', [id, handOver], () => ({
      ...this.placeChange,
      dryRun: handOver.dryRun ?? false,
    }));
  }

  giveBackPlace(id: string, giveBack: NewGiveBack) {
    return this.#answer('giveBackPlace', [id, giveBack], () => ({
      ...this.placeChange,
      dryRun: giveBack.dryRun ?? false,
    }));
  }

  listClaims(query: ClaimQuery = {}) {
    return this.#answer('listClaims', [query], () => ({
      items: this.claims.filter(
        claim =>
          (!query.state || query.state.includes(claim.state)) &&
          (!query.domainRef || claim.domainRef === query.domainRef) &&
          (query.view !== 'toDecide' || claim.actions.includes('accept')),
      ),
    }));
  }

  previewClaim(draft: ClaimDraft) {
    return this.#answer('previewClaim', [draft], () => this.claimPreview);
  }

  createClaim(claim: NewClaim, options?: { idempotencyKey?: string }) {
    return this.#answer('createClaim', [claim, options], () => this.#claim());
  }

  getClaim(id: string) {
    return this.#answer('getClaim', [id], () => this.#claim(id));
  }

  decideClaim(id: string, version: number, decision: NewClaimDecision) {
    return this.#answer('decideClaim', [id, version, decision], () =>
      this.#claim(id),
    );
  }

  reviseClaim(id: string, version: number, revision: NewClaimRevision) {
    return this.#answer('reviseClaim', [id, version, revision], () =>
      this.#claim(id),
    );
  }

  withdrawClaim(id: string, version: number, reason?: string) {
    return this.#answer('withdrawClaim', [id, version, reason], () =>
      this.#claim(id),
    );
  }

  #claim(id?: string): ClaimDetail {
    const found = this.claims.find(claim => !id || claim.id === id);
    if (!found) throw new Error(`The fake has no claim ${id ?? ''}`);
    return found;
  }

  listPublications(query: PublicationQuery = {}) {
    return this.#answer('listPublications', [query], () => ({
      items: this.publications.filter(
        publication =>
          (!query.state || query.state.includes(publication.state)) &&
          (!query.productRef || publication.productRef === query.productRef) &&
          (query.view !== 'toDecide' || publication.actions.includes('decide')),
      ),
    }));
  }

  getPublication(id: string) {
    return this.#answer('getPublication', [id], () => this.#publication(id));
  }

  decidePublication(
    id: string,
    version: number,
    decision: NewPublicationDecision,
  ) {
    return this.#answer('decidePublication', [id, version, decision], () =>
      this.#publication(id),
    );
  }

  #publication(id: string): PublicationDetail {
    const found = this.publications.find(publication => publication.id === id);
    if (!found) throw new Error(`The fake has no publication ${id}`);
    return found;
  }

  listEntitlements(query: EntitlementQuery = {}): Promise<EntitlementPage> {
    return this.#answer('listEntitlements', [query], () => ({
      items: this.entitlements.filter(
        one =>
          (!query.productRef || one.productRef === query.productRef) &&
          (!query.state?.length || query.state.includes(one.state)),
      ),
    }));
  }

  getEntitlement(id: string) {
    return this.#answer('getEntitlement', [id], () => this.#entitlement(id));
  }

  previewRevocation(id: string) {
    return this.#answer('previewRevocation', [id], () => this.revocation);
  }

  revokeEntitlement(id: string, version: number, reason: string) {
    return this.#answer('revokeEntitlement', [id, version, reason], () =>
      this.#end(id, reason),
    );
  }

  relinquishEntitlement(id: string, version: number, reason?: string) {
    return this.#answer('relinquishEntitlement', [id, version, reason], () =>
      this.#end(id, reason),
    );
  }

  retryEntitlement(id: string, version: number) {
    return this.#answer('retryEntitlement', [id, version], () =>
      this.#changeEntitlement(id, {
        state: this.#entitlement(id).failedFrom ?? 'provisioning',
        actions: [],
      }),
    );
  }

  reapplyEntitlement(id: string, version: number) {
    return this.#answer('reapplyEntitlement', [id, version], () =>
      this.#changeEntitlement(id, { state: 'provisioning', actions: [] }),
    );
  }

  narrowEntitlement(id: string, version: number, narrowing: NewNarrowing) {
    const { scope, expiresAt } = narrowing;
    return this.#answer('narrowEntitlement', [id, version, narrowing], () =>
      this.#changeEntitlement(id, {
        ...(scope && { scope }),
        ...(expiresAt && { expiresAt }),
      }),
    );
  }

  moveEntitlement(id: string, version: number, move: NewMove) {
    return this.#answer('moveEntitlement', [id, version, move], () =>
      this.#changeEntitlement(id, {
        productRef: move.productRef,
        port: move.port,
        productTitle: this.#entitlement(id).successor?.productTitle,
        successor: undefined,
        actions: [],
      }),
    );
  }

  closeResidue(id: string, version: number, reason: string) {
    return this.#answer('closeResidue', [id, version, reason], () =>
      this.#changeEntitlement(id, {
        state: 'revoked',
        endReason: reason,
        actions: [],
      }),
    );
  }

  getReadiness(id: string) {
    return this.#answer('getReadiness', [id], () => this.readiness);
  }

  getUsage(id: string) {
    return this.#answer('getUsage', [id], () => this.guide);
  }

  vendCredentials(id: string, wanted: NewCredentials) {
    return this.#answer('vendCredentials', [id, wanted], () => ({
      accessKeyId: 'ASIAEXAMPLE',
      secretAccessKey: 'example-secret',
      sessionToken: 'example-token',
      expiration: new Date(Date.now() + 3_600_000).toISOString(),
      locations: ['s3://example/lake/'],
    }));
  }

  listGrants(query: GrantQuery = {}) {
    return this.#answer('listGrants', [query], () => ({
      items: this.observed.filter(
        one =>
          (!query.accountId || one.accountId === query.accountId) &&
          (!query.principal || one.grant.principal.id === query.principal) &&
          (!query.productRef || one.productRefs?.includes(query.productRef)) &&
          (!query.because?.length || query.because.includes(one.because.kind)),
      ),
    }));
  }

  exportGrants(format: 'csv' | 'json', query: GrantQuery = {}) {
    return this.#answer(
      'exportGrants',
      [format, query],
      () => new Blob([JSON.stringify(this.observed)]),
    );
  }

  summarizeGrants(query: GrantSummaryQuery) {
    return this.#answer('summarizeGrants', [query], () => this.summary);
  }

  explainGrant(id: string) {
    return this.#answer('explainGrant', [id], () => {
      const grant = this.observed.find(one => one.id === id);
      if (!grant) throw new NotFoundError(`There is no grant ${id}`);
      return { grant, chain: this.explanations.get(id) ?? [] };
    });
  }

  listDrift(query: DriftQuery = {}): Promise<DriftPage> {
    const count = (kind: DriftPage['items'][number]['kind']) =>
      this.drift.filter(one => one.kind === kind).length;
    return this.#answer('listDrift', [query], () => ({
      items: this.drift.filter(
        one => !query.kind?.length || query.kind.includes(one.kind),
      ),
      counts: {
        excess: count('excess'),
        missing: count('missing'),
        identity: count('identity'),
        residue: count('residue'),
      },
      atLeast: this.atLeast,
    }));
  }

  resolveDrift(resolution: NewDriftResolution) {
    return this.#answer('resolveDrift', [resolution], () => {
      if (!resolution.dryRun) {
        this.drift = this.drift.filter(one => !resolution.ids.includes(one.id));
      }
      return {
        items: resolution.ids.map(id => ({ id, ok: true, effects: [] })),
      };
    });
  }

  reconcile(reconciliation: NewReconciliation) {
    return this.#answer('reconcile', [reconciliation], () => ({
      items: this.lacking.map(item => ({
        ...item,
        started: !reconciliation.dryRun,
        ...(reconciliation.dryRun && { startsAt: new Date().toISOString() }),
      })),
    }));
  }

  listScans() {
    return this.#answer('listScans', [], () => this.scans);
  }

  startScan(scan: NewScan = {}) {
    return this.#answer('startScan', [scan], () => this.scans);
  }

  releaseScan(id: string, reason: string) {
    return this.#answer('releaseScan', [id, reason], () => this.scans);
  }

  whoCanAccess(query: WhoQuery) {
    return this.#answer('whoCanAccess', [query], () => this.answer);
  }

  whatCanAccess(query: WhatQuery) {
    return this.#answer('whatCanAccess', [query], () => this.answer);
  }

  findAccessSubjects(q: string) {
    return this.#answer('findAccessSubjects', [q], () => ({
      items: this.subjects.filter(({ title }) =>
        title.toLowerCase().includes(q.toLowerCase()),
      ),
    }));
  }

  exportWhoCanAccess(format: 'csv' | 'json', query: WhoQuery) {
    return this.#answer(
      'exportWhoCanAccess',
      [format, query],
      () => new Blob([JSON.stringify(this.answer)]),
    );
  }

  exportWhatCanAccess(format: 'csv' | 'json', query: WhatQuery) {
    return this.#answer(
      'exportWhatCanAccess',
      [format, query],
      () => new Blob([JSON.stringify(this.answer)]),
    );
  }

  exportDrift(format: 'csv' | 'json', query: DriftQuery = {}) {
    return this.#answer(
      'exportDrift',
      [format, query],
      () => new Blob([JSON.stringify(this.drift)]),
    );
  }

  getDoctor() {
    return this.#answer('getDoctor', [], () => this.doctor);
  }

  findName(ref: string) {
    return this.#answer('findName', [ref], () => ({
      ref,
      state: 'free' as const,
      trustedBy: [],
      mayCreate: true,
      mayJoin: true,
    }));
  }

  acceptName(acceptance: NameAcceptance) {
    return this.#answer('acceptName', [acceptance], () => ({
      ref: acceptance.ref,
    }));
  }

  listAuditEvents(query: AuditQuery = {}) {
    return this.#answer('listAuditEvents', [query], () => this.audit);
  }

  countAuditEvents(query: AuditCountQuery = {}) {
    return this.#answer('countAuditEvents', [query], (): AuditCounts => {
      const kinds: AuditCounts['kinds'] = {};
      for (const { action } of this.audit.items) {
        const kind = action.slice(0, action.indexOf('.'));
        kinds[kind] = (kinds[kind] ?? 0) + 1;
      }
      return { count: this.audit.items.length, isAtLeast: false, kinds };
    });
  }

  getAuditState() {
    return this.#answer('getAuditState', [], () => this.auditState);
  }

  startAuditCheck() {
    return this.#answer('startAuditCheck', [], (): AuditCheck => {
      const check = {
        state: 'running' as const,
        startedAt: '2026-11-20T09:00:00.000Z',
        startedBy: this.me.userRef,
        checked: 0,
        total: this.auditState.events,
      };
      this.auditState = { ...this.auditState, check };
      return check;
    });
  }

  exportAuditEvents(...args: Parameters<DataMeshApi['exportAuditEvents']>) {
    return this.#answer('exportAuditEvents', args, () => {
      const lines = this.audit.items.map(item => `${JSON.stringify(item)}\n`);
      return new Blob(lines).stream();
    });
  }

  listAuditCheckpoints() {
    return this.#answer('listAuditCheckpoints', [], () => this.checkpoints);
  }

  verifyAudit() {
    return this.#answer('verifyAudit', [], () => this.verification);
  }

  #request(id: string): RequestDetail {
    const found = this.requests.find(request => request.id === id);
    if (!found) throw new NotFoundError(`There is no request ${id}`);
    return found;
  }

  #entitlement(id: string): EntitlementDetail {
    const found = this.entitlements.find(one => one.id === id);
    if (!found) throw new NotFoundError(`There is no entitlement ${id}`);
    return found;
  }

  #change(id: string, change: Partial<RequestDetail>): RequestDetail {
    const before = this.#request(id);
    const after = { ...before, ...change, version: before.version + 1 };
    this.requests = this.requests.map(one => (one.id === id ? after : one));
    return after;
  }

  #changeEntitlement(
    id: string,
    change: Partial<EntitlementDetail>,
  ): EntitlementDetail {
    const before = this.#entitlement(id);
    const after = { ...before, ...change, version: before.version + 1 };
    this.entitlements = this.entitlements.map(one =>
      one.id === id ? after : one,
    );
    return after;
  }

  #end(id: string, reason?: string): EntitlementDetail {
    return this.#changeEntitlement(id, {
      state: 'revoking',
      endReason: reason,
      endedBy: this.me.userRef,
      actions: [],
    });
  }

  async #answer<T>(method: Method, args: unknown[], fn: () => T): Promise<T> {
    this.calls.push({ method, args });
    if (this.#hanging.has(method)) return new Promise<T>(() => {});
    const error = this.#errors.get(method);
    if (error) throw error;
    return fn();
  }
}
