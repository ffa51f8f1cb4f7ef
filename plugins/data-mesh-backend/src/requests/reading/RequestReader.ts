import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  requestDecidePermission,
  requestReadPermission,
  requestWithdrawPermission,
  type AccessRequest,
  type RequestCounts,
  type RequestDetail,
  type RequestPage,
  type RequestQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementReader } from '../../entitlements/reading/EntitlementReader';
import type { MeshCatalog } from '../../catalog/MeshCatalog';
import type { Caller } from '../../identity/Caller';
import type { RequestResource, ResourceAuthorizer } from '../../permissions';
import type { PrincipalDirectory } from '../../principals/PrincipalDirectory';
import type { Sight } from '../../sight';
import type { ExistingAccessFinder } from './ExistingAccess';
import type { HistoryStore } from '../../store/requests/HistoryStore';
import type { JudgeAgain } from '../judge/JudgeAgain';
import { tellReach } from '../reach/tellReach';
import type { Successors } from '../judge/whoIsGone';
import {
  toAccessRequest,
  toResource,
  type RequestRecord,
  type RequestSummary,
} from '../../store/requests/RequestRecord';
import type { RequestStore } from '../../store/requests/RequestStore';
import type { UndoableDecisionStore } from '../../store/requests/UndoableDecisionStore';
import {
  actionsOf,
  isToDecide,
  whyNotDecide,
  type Standing,
} from '../lifecycle/standing';

/** Reads requests for a caller. */
export class RequestReader {
  readonly #store: RequestStore;
  readonly #undoables: UndoableDecisionStore;
  readonly #history: HistoryStore;
  readonly #entitlements: EntitlementReader;
  readonly #existing: ExistingAccessFinder;
  readonly #principals: PrincipalDirectory;
  readonly #authorizer: ResourceAuthorizer<RequestResource>;
  readonly #sight: Sight;
  readonly #again: JudgeAgain;
  readonly #catalog: Pick<MeshCatalog, 'homesOf' | 'visible'>;
  readonly #successors: Pick<Successors, 'told'>;
  readonly #ownCredentials: () => Promise<BackstageCredentials>;

  constructor(options: {
    store: RequestStore;
    undoables: UndoableDecisionStore;
    history: HistoryStore;
    entitlements: EntitlementReader;
    existing: ExistingAccessFinder;
    principals: PrincipalDirectory;
    authorizer: ResourceAuthorizer<RequestResource>;
    sight: Sight;
    again: JudgeAgain;
    catalog: Pick<MeshCatalog, 'homesOf' | 'visible'>;
    successors: Pick<Successors, 'told'>;
    /** Those of the plugin itself. */
    ownCredentials: () => Promise<BackstageCredentials>;
  }) {
    this.#store = options.store;
    this.#undoables = options.undoables;
    this.#history = options.history;
    this.#entitlements = options.entitlements;
    this.#existing = options.existing;
    this.#principals = options.principals;
    this.#authorizer = options.authorizer;
    this.#sight = options.sight;
    this.#again = options.again;
    this.#catalog = options.catalog;
    this.#successors = options.successors;
    this.#ownCredentials = options.ownCredentials;
  }

  async list(query: RequestQuery, caller: Caller): Promise<RequestPage> {
    const readable = await this.#sight.requests.filter(caller);
    const { items, nextCursor } = await this.#store.list(query, {
      caller,
      readable,
      limit: query.limit ?? 50,
    });
    return {
      items: await this.#withSuccessors(
        caller,
        await this.toAccessRequests(items),
      ),
      ...(nextCursor && { nextCursor }),
    };
  }

  async counts(caller: Caller): Promise<RequestCounts> {
    const readable = await this.#sight.requests.filter(caller);
    return this.#store.counts(caller, readable);
  }

  /** With the states of their entitlements, and who is deciding them. */
  async toAccessRequests(
    items: readonly RequestSummary[],
  ): Promise<AccessRequest[]> {
    const [states, deciding] = await Promise.all([
      this.#entitlements.statesOf(
        items.flatMap(item => item.entitlementId ?? []),
      ),
      this.#undoables.ofRequests(items.filter(isToDecide).map(item => item.id)),
    ]);
    return items.map(item =>
      toAccessRequest(item, {
        entitlementState: item.entitlementId
          ? states.get(item.entitlementId)
          : undefined,
        deciding: deciding.get(item.id),
      }),
    );
  }

  /** With what succeeds products that are not in the catalog any more. */
  async #withSuccessors(
    caller: Caller,
    items: readonly AccessRequest[],
  ): Promise<AccessRequest[]> {
    const told = await this.#successors.told(items, caller);
    return items.map(item => {
      const successor = told(item);
      return successor ? { ...item, successor } : item;
    });
  }

  /**
   * @throws NotFoundError
   * @throws NotAllowedError where the caller may not read it
   */
  async record(id: string, caller: Caller): Promise<RequestRecord> {
    const record = await this.#store.get(id);
    await this.#authorizer.require(
      requestReadPermission,
      await this.#resourceOf(record),
      caller,
    );
    return record;
  }

  /** With the owner and the domain that its product has now. */
  async #resourceOf(record: RequestSummary): Promise<RequestResource> {
    const { productRef } = record;
    const home = (await this.#catalog.homesOf([productRef])).get(productRef);
    return {
      ...toResource(record),
      ...(home && {
        productOwnerRef: home.ownerRef,
        domainRef: home.domainRef,
      }),
    };
  }

  async standing(record: RequestSummary, caller: Caller): Promise<Standing> {
    const resource = await this.#resourceOf(record);
    const [decide, withdraw, onlyOwnPrincipal] = await Promise.all([
      this.#authorizer.isAllowed(requestDecidePermission, resource, caller),
      this.#authorizer.isAllowed(requestWithdrawPermission, resource, caller),
      this.#principals.isOnlyOf(
        record.principal.id,
        caller,
        record.principalVia,
      ),
    ]);
    return {
      userRef: caller.userRef,
      ownershipRefs: caller.ownershipRefs,
      permitted: { decide, withdraw },
      onlyOwnPrincipal,
    };
  }

  /**
   * How somebody who does not call now stands to a request.
   *
   * @param permitted - what the permission policy said when they called
   */
  async standingInAbsence(
    record: RequestSummary,
    absent: Pick<Caller, 'userRef' | 'ownershipRefs'>,
    permitted: Standing['permitted'],
  ): Promise<Standing> {
    const { userRef, ownershipRefs } = absent;
    const onlyOwnPrincipal = await this.#principals.isOnlyOf(
      record.principal.id,
      { userRef, ownershipRefs, credentials: await this.#ownCredentials() },
      record.principalVia,
    );
    return { userRef, ownershipRefs, permitted, onlyOwnPrincipal };
  }

  async detail(id: string, caller: Caller): Promise<RequestDetail> {
    const record = await this.#again.opened(await this.record(id, caller));
    const seen = await this.#sight.of(caller);
    const [standing, [found], decisions, comments, revisions, access] =
      await Promise.all([
        this.standing(record, caller),
        this.toAccessRequests([summaryOf(record)]),
        this.#history.decisionsOf(id),
        this.#history.commentsOf(id),
        this.#history.revisionsOf(id),
        this.#existing.find(
          {
            productRef: record.productRef,
            port: record.port,
            principals: [record.principal.id],
            scope: record.scope,
            exceptRequestId: id,
            exceptEntitlementId: record.amendsEntitlementId,
          },
          seen,
        ),
      ]);
    const [request] = await this.#withSuccessors(caller, [found]);
    const refusal = isToDecide(record)
      ? whyNotDecide(record, standing, request.deciding)
      : undefined;
    return {
      ...request,
      ...(record.plan && { plan: record.plan }),
      ...(record.planError && { planError: record.planError }),
      decisions,
      comments,
      revisions,
      ...access,
      ...(await this.#judged(record, caller)),
      actions: actionsOf(record, standing, request.deciding),
      ...(refusal && !refusal.plain && { whyNotDecide: refusal.reason }),
    };
  }

  async #judged({ judged }: RequestRecord, caller: Caller) {
    return (
      judged && {
        judgedAt: judged.at,
        differences: judged.differences,
        ...(judged.reach && {
          reach: await tellReach(this.#catalog, judged.reach, caller),
        }),
      }
    );
  }
}

/** The part of a record that the API shows in lists. */
export function summaryOf(record: RequestRecord): RequestSummary {
  const {
    portSnapshot: _port,
    plan: _plan,
    planError: _error,
    identities: _identities,
    judged: _judged,
    ...summary
  } = record;
  return summary;
}
