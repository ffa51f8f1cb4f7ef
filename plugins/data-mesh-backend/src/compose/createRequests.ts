import { randomUUID } from 'node:crypto';
import type {
  AuthService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { DatabaseAuditLog } from '../audit/DatabaseAuditLog';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import type { EntitlementIntake } from '../entitlements/lifecycle/EntitlementIntake';
import type { EntitlementReader } from '../entitlements/reading/EntitlementReader';
import type { EntitlementStore } from '../entitlements/reading/EntitlementStore';
import type { Looks } from '../looks';
import type { Tell } from '../events';
import type { People, ProductPowers } from '../people';
import type { RequestResource, ResourceAuthorizer } from '../permissions';
import type { PolicyEvaluator } from '../policy/PolicyEvaluator';
import type { PrincipalDirectory } from '../principals/PrincipalDirectory';
import type { Timers } from '../provisioning';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import type { Sight } from '../sight';
import type { Knex } from 'knex';
import { AccessPlanner } from '../provisioners/AccessPlanner';
import { ExistingAccessFinder } from '../requests/reading/ExistingAccess';
import { HistoryStore } from '../store/requests/HistoryStore';
import { JudgeAgain } from '../requests/judge/JudgeAgain';
import { RequestJudge } from '../requests/judge/RequestJudge';
import type { Successors } from '../requests/judge/whoIsGone';
import type { JudgeSources } from '../requests/reach/sources';
import { createRequestAssessor } from '../requests/assessment/RequestAssessor';
import { RequestCloser } from '../requests/RequestCloser';
import { RequestCommenter } from '../requests/RequestCommenter';
import { DecisionJudge } from '../requests/decision/DecisionJudge';
import { DecisionWriter } from '../requests/decision/DecisionWriter';
import { RequestDecider } from '../requests/decision/RequestDecider';
import { UndoableDecisions } from '../requests/decision/UndoableDecisions';
import { RequestPreviewer } from '../requests/submission/RequestPreviewer';
import { RequestReader } from '../requests/reading/RequestReader';
import { RequestReviser } from '../requests/submission/RequestReviser';
import type { RequestStore } from '../store/requests/RequestStore';
import { RequestSubmitter } from '../requests/submission/RequestSubmitter';
import { ResumptionAsker } from '../requests/submission/ResumptionAsker';
import { RequestWriter } from '../requests/lifecycle/RequestWriter';
import type { Requests } from '../requests/router';
import { SubmissionStore } from '../store/requests/SubmissionStore';
import { UndoableDecisionStore } from '../store/requests/UndoableDecisionStore';

/** What requests need from their surroundings. */
export interface RequestsOptions {
  db: Knex;
  store: RequestStore;
  logger: LoggerService;
  permissions: PermissionsService;
  authorizer: ResourceAuthorizer<RequestResource>;
  audit: DatabaseAuditLog;
  catalog: MeshCatalog;
  auth: AuthService;
  looks: Looks;
  people: People;
  sources: JudgeSources;
  provisioners: ProvisionerRegistry;
  principals: PrincipalDirectory;
  powers: ProductPowers;
  policy: PolicyEvaluator;
  successors: Successors;
  entitlements: EntitlementReader & Pick<EntitlementStore, 'suspended'>;
  intake: EntitlementIntake;
  sight: Sight;
  events: Tell;
  timers: Timers;
  /** `dataMesh.policy.undoSeconds` */
  undoSeconds: number;
  now?: () => Date;
  newId?: () => string;
}

/** Puts the parts together. */
export function createRequests(options: RequestsOptions): Requests {
  const { store, entitlements } = options;
  const now = options.now ?? (() => new Date());
  const newId = options.newId ?? randomUUID;
  const { requestLapseDays: lapseDays } = options.policy.rules;

  const planner = new AccessPlanner();
  const history = new HistoryStore(options.db);
  const existing = new ExistingAccessFinder({ requests: store, entitlements });
  const assessor = createRequestAssessor({ ...options, planner, now });
  const undoables = new UndoableDecisionStore(options.db);
  const writer = new RequestWriter({ ...options, undoables });
  const ownCredentials = () => options.auth.getOwnServiceCredentials();
  const judge = new RequestJudge({
    ...options,
    assessor,
    history,
    credentials: ownCredentials,
  });
  const again = new JudgeAgain({
    ...options,
    judge,
    history,
    writer,
    now,
    newId,
  });
  const reader = new RequestReader({
    ...options,
    undoables,
    history,
    existing,
    again,
    ownCredentials,
  });
  const parts = {
    ...options,
    undoables,
    history,
    existing,
    assessor,
    reader,
    writer,
    judge,
    again,
    lapseDays,
    now,
    newId,
  };
  const decisions = new DecisionJudge(parts);
  const decided = new DecisionWriter(parts);
  const undoable = new UndoableDecisions({ ...parts, decisions, decided });
  return {
    reader,
    previewer: new RequestPreviewer(parts),
    submitter: new RequestSubmitter({
      ...parts,
      submissions: new SubmissionStore(options.db),
    }),
    decider: new RequestDecider({ ...parts, decisions, decided, undoable }),
    undoable,
    reviser: new RequestReviser(parts),
    closer: new RequestCloser(parts),
    commenter: new RequestCommenter(parts),
    again,
    resumptions: new ResumptionAsker(parts),
  };
}
