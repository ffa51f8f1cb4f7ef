import type {
  AuditPage,
  AuditVerification,
  DataMeshApi,
  EntitlementDetail,
  EntitlementPage,
  EntitlementQuery,
  Me,
  NewDecision,
  NewRequest,
  NewRevision,
  ProductGrants,
  ProductUsage,
  RequestDetail,
  RequestDraft,
  RequestPage,
  RequestPreview,
  RequestQuery,
  RevocationPreview,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { openRequestStates } from '@lakemesh/backstage-plugin-data-mesh-common';
import { NotFoundError, ResponseError } from '@backstage/errors';
import {
  aMe,
  anEntitlementDetail,
  aPreview,
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
  usage: ProductUsage[] = [aUsage()];
  requests: RequestDetail[] = [aRequestDetail()];
  entitlements: EntitlementDetail[] = [anEntitlementDetail()];
  grants: ProductGrants = someGrants();
  preview: RequestPreview = aPreview();
  revocation: RevocationPreview = {
    removes: [{ words: 'SELECT on `crm.profiles` from `analytics-role`' }],
    keeps: [
      {
        words: 'DESCRIBE on database `crm`',
        because: 'another entitlement of `analytics-role` needs it',
      },
    ],
  };
  audit: AuditPage = { items: [] };
  verification: AuditVerification = { whole: true, events: 0 };

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

  listProductUsage() {
    return this.#answer('listProductUsage', [], () => ({ items: this.usage }));
  }

  getProductGrants(productRef: string) {
    return this.#answer('getProductGrants', [productRef], () => this.grants);
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

  listAuditEvents() {
    return this.#answer('listAuditEvents', [], () => this.audit);
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
