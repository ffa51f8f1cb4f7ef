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
/** A place and the domain that holds it. @public */
export type HeldPlace = components['schemas']['HeldPlace'];
/** A place of another domain that overlaps. @public */
export type PlaceOverlap = components['schemas']['PlaceOverlap'];
/** What is in a place today. @public */
export type PlaceContents = components['schemas']['PlaceContents'];
/** What becomes of products and access when a place changes hands. @public */
export type PlaceChange = components['schemas']['PlaceChange'];
/** A place to be handed to another domain. @public */
export type NewHandOver = components['schemas']['NewHandOver'];
/** A place to be given back. @public */
export type NewGiveBack = components['schemas']['NewGiveBack'];
/** State of a claim. @public */
export type ClaimState = components['schemas']['ClaimState'];
/** A claim as far as it is filled in. @public */
export type ClaimDraft = components['schemas']['ClaimDraft'];
/** What stands in the way of a claim, and what is in the place. @public */
export type ClaimPreview = components['schemas']['ClaimPreview'];
/** A claim to be made. @public */
export type NewClaim = components['schemas']['NewClaim'];
/** A changed claim. @public */
export type NewClaimRevision = components['schemas']['NewClaimRevision'];
/** A decision on a claim to be made. @public */
export type NewClaimDecision = components['schemas']['NewClaimDecision'];
/** A claim of a place in a list. @public */
export type Claim = components['schemas']['Claim'];
/** A page of claims. @public */
export type ClaimPage = components['schemas']['ClaimPage'];
/** A claim with what deciding it needs. @public */
export type ClaimDetail = components['schemas']['ClaimDetail'];
/** One line of a difference. @public */
export type DeltaLine = components['schemas']['DeltaLine'];
/** A fact to know before deciding. @public */
export type DecisionFact = components['schemas']['DecisionFact'];
/** A decision made on a claim or publication. @public */
export type CaseDecision = components['schemas']['CaseDecision'];
/** State of a publication. @public */
export type PublicationState = components['schemas']['PublicationState'];
/** A difference between accepted facts and the catalog. @public */
export type FactDifference = components['schemas']['FactDifference'];
/** What was accepted of a port, in a list. @public */
export type Publication = components['schemas']['Publication'];
/** A page of publications. @public */
export type PublicationPage = components['schemas']['PublicationPage'];
/** A publication with its differences. @public */
export type PublicationDetail = components['schemas']['PublicationDetail'];
/** A decision on a publication to be made. @public */
export type NewPublicationDecision =
  components['schemas']['NewPublicationDecision'];
/** A table that a scope reaches now. @public */
export type ReachedTable = components['schemas']['ReachedTable'];
/** What a scope reaches now. @public */
export type Reach = components['schemas']['Reach'];
/** What changed since a request was shown. @public */
export type RequestDifference = components['schemas']['RequestDifference'];
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
/** How far a change of an active entitlement is. @public */
export type EntitlementChangeState =
  components['schemas']['EntitlementChangeState'];
/** A change under way beside an active entitlement. @public */
export type ChangeUnderWay = components['schemas']['ChangeUnderWay'];
/** What could not be undone and was closed by a person. @public */
export type Residue = components['schemas']['Residue'];
/**
 * A product that publishes all tables of one that is not in the catalog any
 * more.
 *
 * @public
 */
export type Successor = components['schemas']['Successor'];
/**
 * What publishes the tables of each port of a product that has vanished.
 *
 * @public
 */
export type SuccessorList = components['schemas']['SuccessorList'];
/**
 * Why access was taken away until somebody decides.
 *
 * @public
 */
export type Suspension = components['schemas']['Suspension'];
/** A renewal or amendment that was asked for. @public */
export type EntitlementRequest = components['schemas']['EntitlementRequest'];
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
/** An LF-Tag expression: AND over keys, OR over the values of a key. @public */
export type TagExpression = components['schemas']['TagExpression'];
/** What kind of thing a grant is on. @public */
export type GrantResourceKind = components['schemas']['GrantResourceKind'];
/** What kind of reason stands behind a grant. @public */
export type BecauseKind = components['schemas']['BecauseKind'];
/** Why a grant is there. @public */
export type Because = components['schemas']['Because'];
/** A grant as the last scan saw it. @public */
export type Grant = components['schemas']['Grant'];
/** A page of grants. @public */
export type GrantPage = components['schemas']['GrantPage'];
/** A page of products, principals or accounts with their grants counted. @public */
export type GrantSummaryPage = components['schemas']['GrantSummaryPage'];
/** The chain from person to group to principal to grant. @public */
export type GrantExplanation = components['schemas']['GrantExplanation'];
/** What kind of difference between decisions and the system. @public */
export type DriftKind = components['schemas']['DriftKind'];
/** What may be done about drift. @public */
export type DriftAction = components['schemas']['DriftAction'];
/** One difference between decisions and the system. @public */
export type DriftItem = components['schemas']['DriftItem'];
/** A page of drift. @public */
export type DriftPage = components['schemas']['DriftPage'];
/** What shall be done about some drift. @public */
export type NewDriftResolution = components['schemas']['NewDriftResolution'];
/** What was done about each. @public */
export type DriftResolution = components['schemas']['DriftResolution'];
/** What shall be re-applied. @public */
export type NewReconciliation = components['schemas']['NewReconciliation'];
/** What is being re-applied. @public */
export type Reconciliation = components['schemas']['Reconciliation'];
/** What shall be scanned. @public */
export type NewScan = components['schemas']['NewScan'];
/** One scan. @public */
export type Scan = components['schemas']['Scan'];
/** The last scans, and when the next one is due. @public */
export type ScanStatus = components['schemas']['ScanStatus'];
/** What is scanned as a whole. @public */
export type ScanTarget = components['schemas']['ScanTarget'];
/** By what somebody can see something. @public */
export type AccessReasonKind = components['schemas']['AccessReasonKind'];
/** Who can see something, or what somebody can see. @public */
export type AccessAnswer = components['schemas']['AccessAnswer'];
/** How a check ended. @public */
export type CheckState = components['schemas']['CheckState'];
/** One check with its fix. @public */
export type Check = components['schemas']['Check'];
/** Whether a principal can really query. @public */
export type Readiness = components['schemas']['Readiness'];
/** What would make plans fail. @public */
export type DoctorReport = components['schemas']['DoctorReport'];
/** What trusts a name, as far as the caller may read it. @public */
export type NameTrustWords = components['schemas']['NameTrustWords'];
/** Whether a name is free, and who may create it. @public */
export type NameVerdict = components['schemas']['NameVerdict'];
/** Why who has taken over a trusted name may stand behind it. @public */
export type NameAcceptance = components['schemas']['NameAcceptance'];
/** A trusted name whose holder was accepted. @public */
export type AcceptedName = components['schemas']['AcceptedName'];
/** How to use an access. @public */
export type Usage = components['schemas']['Usage'];
/** For which table and how long credentials are wanted. @public */
export type NewCredentials = components['schemas']['NewCredentials'];
/** Temporary credentials. Never stored, never logged. @public */
export type TemporaryCredentials =
  components['schemas']['TemporaryCredentials'];
/** What of an access shall go. @public */
export type NewNarrowing = components['schemas']['NewNarrowing'];
/**
 * Where access goes that a vanished product left behind.
 *
 * @public
 */
export type NewMove = components['schemas']['NewMove'];
/** One line of the audit trail. @public */
export type AuditEvent = components['schemas']['AuditEvent'];
/** A page of the audit trail. @public */
export type AuditPage = components['schemas']['AuditPage'];
/** What the audit trail was at some time. @public */
export type AuditCheckpoint = components['schemas']['AuditCheckpoint'];
/** A page of checkpoints of the audit trail. @public */
export type AuditCheckpointPage = components['schemas']['AuditCheckpointPage'];
/** Whether the audit trail is whole. @public */
export type AuditVerification = components['schemas']['AuditVerification'];

/** Filters of the request list. @public */
export type RequestQuery = NonNullable<
  operations['listRequests']['parameters']['query']
>;
/** A tag that is not as its product asks for. @public */
export type TagFinding = components['schemas']['TagFinding'];
/** A tag of the ontology of a domain. @public */
export type TagDefinition = components['schemas']['TagDefinition'];
/** What a table or column is to have of a tag, and what it has. @public */
export type TagStanding = components['schemas']['TagStanding'];
/** A table and the standing of its tags. @public */
export type TaggedTable = components['schemas']['TaggedTable'];
/** The tags of a product: what it asks for, what there is, and the plan. @public */
export type ProductTags = components['schemas']['ProductTags'];
/** How tags are to be brought in line. @public */
export type NewTagging = components['schemas']['NewTagging'];
/** What became of the tags of a product. @public */
export type Tagging = components['schemas']['Tagging'];
/** Filters of the entitlement list. @public */
export type EntitlementQuery = NonNullable<
  operations['listEntitlements']['parameters']['query']
>;
/** Filters of the audit trail. @public */
export type AuditQuery = NonNullable<
  operations['listAuditEvents']['parameters']['query']
>;
/** Filters of the grants explorer. @public */
export type GrantQuery = NonNullable<
  operations['listGrants']['parameters']['query']
>;
/** What grants are counted by. @public */
export type GrantSummaryQuery = NonNullable<
  operations['summarizeGrants']['parameters']['query']
>;
/** Filters of the drift list. @public */
export type DriftQuery = NonNullable<
  operations['listDrift']['parameters']['query']
>;
/** Who can see this table or column? @public */
export type WhoQuery = NonNullable<
  operations['whoCanAccess']['parameters']['query']
>;
/** What can this principal see? @public */
export type WhatQuery = NonNullable<
  operations['whatCanAccess']['parameters']['query']
>;
/** Filters of claims. @public */
export type ClaimQuery = NonNullable<
  operations['listClaims']['parameters']['query']
>;
/** Filters of publications. @public */
export type PublicationQuery = NonNullable<
  operations['listPublications']['parameters']['query']
>;
