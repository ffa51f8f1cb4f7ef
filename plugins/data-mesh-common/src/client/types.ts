import type { components, operations } from './openapi.generated';

/** What is wrong with one field. @public */
export type Problem = components['schemas']['Problem'];
/** What may be done with the data. @public */
export type AccessLevel = components['schemas']['AccessLevel'];
/** How much of one table is asked for. @public */
export type TableScope = components['schemas']['TableScope'];
/** How much of a port is asked for. @public */
export type AccessScope = components['schemas']['AccessScope'];
/** Who holds a grant. @public */
export type Principal = components['schemas']['Principal'];
/** A principal that the caller may ask for. @public */
export type AvailablePrincipal = components['schemas']['AvailablePrincipal'];
/** What a provisioner can do. @public */
export type Capabilities = components['schemas']['Capabilities'];
/** The caller. @public */
export type Me = components['schemas']['Me'];
/** A reason to use data that the organization allows. @public */
export type Purpose = components['schemas']['Purpose'];
/** Use of one product, and the caller's own standing. @public */
export type ProductUsage = components['schemas']['ProductUsage'];
/** Where catalog entry and principal live to each other. @public */
export type Topology = components['schemas']['Topology'];
/** One API call. @public */
export type PlanCall = components['schemas']['PlanCall'];
/** One effect with its inverse. @public */
export type PlanStep = components['schemas']['PlanStep'];
/** What will be done, in order. @public */
export type Plan = components['schemas']['Plan'];
/** Who must approve, one after the other. @public */
export type PolicyStage = components['schemas']['PolicyStage'];
/** What policy says about a request. @public */
export type PolicyEvaluation = components['schemas']['PolicyEvaluation'];
/** Why a request is made. @public */
export type RequestKind = components['schemas']['RequestKind'];
/** State of a request. @public */
export type RequestState = components['schemas']['RequestState'];
/** A request as far as it is filled in. @public */
export type RequestDraft = components['schemas']['RequestDraft'];
/** A request to be made. @public */
export type NewRequest = components['schemas']['NewRequest'];
/** A changed request. @public */
export type NewRevision = components['schemas']['NewRevision'];
/** A decision to be made. @public */
export type NewDecision = components['schemas']['NewDecision'];
/** An open request or live entitlement for the same thing. @public */
export type ExistingAccess = components['schemas']['ExistingAccess'];
/** What would happen. @public */
export type RequestPreview = components['schemas']['RequestPreview'];
/** A request in a list. @public */
export type AccessRequest = components['schemas']['AccessRequest'];
/** A page of requests. @public */
export type RequestPage = components['schemas']['RequestPage'];
/** The requests one submission made. @public */
export type CreatedRequests = components['schemas']['CreatedRequests'];
/** Numbers beside the tabs. @public */
export type RequestCounts = components['schemas']['RequestCounts'];
/** A decision made. @public */
export type Decision = components['schemas']['Decision'];
/** A comment on a request. @public */
export type RequestComment = components['schemas']['Comment'];
/** What a request said before. @public */
export type Revision = components['schemas']['Revision'];
/** What can be done with a request. @public */
export type RequestAction = components['schemas']['RequestAction'];
/** A request with its history. @public */
export type RequestDetail = components['schemas']['RequestDetail'];
/** State of an entitlement. @public */
export type EntitlementState = components['schemas']['EntitlementState'];
/** What the last look at the system saw. @public */
export type Health = components['schemas']['Health'];
/** An entitlement in a list. @public */
export type Entitlement = components['schemas']['Entitlement'];
/** A page of entitlements. @public */
export type EntitlementPage = components['schemas']['EntitlementPage'];
/** Why a step did not succeed. @public */
export type StepError = components['schemas']['StepError'];
/** State of a step. @public */
export type StepState = components['schemas']['StepState'];
/** A step on its way. @public */
export type ProvisioningStep = components['schemas']['ProvisioningStep'];
/** What can be done with an entitlement. @public */
export type EntitlementAction = components['schemas']['EntitlementAction'];
/** An entitlement with its steps. @public */
export type EntitlementDetail = components['schemas']['EntitlementDetail'];
/** What revoking takes away and what stays. @public */
export type RevocationPreview = components['schemas']['RevocationPreview'];
/** One thing that revoking takes away or leaves. @public */
export type RevocationEffect = components['schemas']['RevocationEffect'];
/** A grant as the system lists it. @public */
export type ObservedGrant = components['schemas']['ObservedGrant'];
/** A grant with the reason for it. @public */
export type ExplainedGrant = components['schemas']['ExplainedGrant'];
/** Grants on a product's ports. @public */
export type ProductGrants = components['schemas']['ProductGrants'];
/** One line of the audit trail. @public */
export type AuditEvent = components['schemas']['AuditEvent'];
/** A page of the audit trail. @public */
export type AuditPage = components['schemas']['AuditPage'];
/** Whether the audit trail is whole. @public */
export type AuditVerification = components['schemas']['AuditVerification'];

/** Filters of the request list. @public */
export type RequestQuery = NonNullable<
  operations['listRequests']['parameters']['query']
>;
/** Filters of the entitlement list. @public */
export type EntitlementQuery = NonNullable<
  operations['listEntitlements']['parameters']['query']
>;
/** Filters of the audit trail. @public */
export type AuditQuery = NonNullable<
  operations['listAuditEvents']['parameters']['query']
>;
