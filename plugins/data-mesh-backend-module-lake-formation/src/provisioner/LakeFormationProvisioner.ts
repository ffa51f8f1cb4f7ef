import { InputError } from '@backstage/errors';
import type {
  Capabilities,
  ObservedGrant,
  OutputPort,
  Plan,
  PlanStep,
  Principal,
  Problem,
  RevocationEffect,
  StepError,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  AccessIntent,
  CredentialVendor,
  GrantComparison,
  GrantGrounds,
  LiveStep,
  Provisioner,
  ReadinessChecker,
  ResolveOptions,
  ResolvedPort,
  ResourceTagger,
  StepObservation,
  TableDirectory,
  UndoPlan,
  UsageGuide,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { JsonObject } from '@backstage/types';
import { AwsClients } from '../aws/AwsClients';
import { OpenWindow, QuietWindow } from '../aws/GatheringWindow';
import { TableReader } from '../aws/TableReader';
import { ErrorClassifier } from '../aws/classify';
import { LakeFormationConfig } from '../config';
import { LakeFormationDirectory } from '../directory/LakeFormationDirectory';
import {
  DefaultRegion,
  PortLocation,
  checkPortLocation,
  readPortLocation,
  PORT_TYPE,
} from '../lake/PortLocation';
import { readLakePrincipal } from '../lake/principals';
import { CatalogLooks } from '../port/CatalogLooks';
import { readObservedPort } from '../planning/ObservedPort';
import { PortResolver } from '../port/PortResolver';
import { TagSearch } from '../port/TagSearch';
import { planAccess } from '../planning/planAccess';
import { LakeFormationReadiness } from '../readiness/LakeFormationReadiness';
import { LakeFormationScanner } from '../scan/LakeFormationScanner';
import { regionIn } from '../scan/scanTargets';
import { compareGrant } from '../scan/compareGrant';
import { AcceptShareStep } from '../steps/shares/AcceptShareStep';
import { DataCellsFilterStep } from '../steps/filters/DataCellsFilterStep';
import { GrantPermissionsStep } from '../steps/grants/GrantPermissionsStep';
import { GrantReader } from '../steps/grants/GrantReader';
import { KnownCreators } from '../steps/KnownCreators';
import { KnownShares } from '../steps/KnownShares';
import { OptInReader } from '../steps/optIns/OptInReader';
import { OptInStep } from '../steps/optIns/OptInStep';
import { PermissionWriter } from '../steps/grants/PermissionWriter';
import { ResourceLinkStep } from '../steps/links/ResourceLinkStep';
import { RestrictAccessStep } from '../steps/restrictions/RestrictAccessStep';
import { StepKind, UndoContext } from '../steps/StepKind';
import { ACCEPT_SHARE } from '../steps/shares/describeAcceptance';
import { DATA_CELLS_FILTER } from '../steps/filters/describeFilter';
import { GRANT_PERMISSIONS } from '../steps/grants/describeGrant';
import { RESOURCE_LINK } from '../steps/resourceLinks';
import { OPT_IN } from '../steps/optIns/describeOptIn';
import { RESTRICT_ACCESS } from '../steps/restrictions/describeRestriction';
import { LakeFormationTagger } from '../tags/LakeFormationTagger';
import { lakeFormationUsage } from '../usage/lakeFormationUsage';
import { LakeFormationCredentials } from '../vending/LakeFormationCredentials';

/**
 * Who comes alone waits no longer than this, a part of what a call takes; steps
 * that come one after another out of the queue find each other.
 */
const GATHERED_FOR = { quietMs: 10, longestMs: 50 };

/** Makes access real in AWS Lake Formation. */
export class LakeFormationProvisioner implements Provisioner {
  readonly portType = PORT_TYPE;
  readonly title = 'AWS Lake Formation';
  readonly capabilities: Capabilities;
  readonly scanner: LakeFormationScanner;
  readonly readiness: ReadinessChecker;
  readonly usage: UsageGuide;
  readonly credentials: CredentialVendor;
  readonly tagger: ResourceTagger;
  readonly directory: TableDirectory;

  readonly #config: LakeFormationConfig;
  readonly #resolver: PortResolver;
  readonly #steps: ReadonlyMap<string, StepKind>;
  readonly #errors: ErrorClassifier;

  constructor(options: {
    config: LakeFormationConfig;
    clients: AwsClients;
    now: () => number;
    /** Smaller pages than AWS's maximum. */
    pageSizes?: { tables?: number; permissions?: number };
    /** How long calls are gathered before they go out together. */
    openWindow?: OpenWindow;
  }) {
    const { config, clients, now, pageSizes } = options;
    const { openWindow = () => new QuietWindow({ ...GATHERED_FOR, now }) } =
      options;
    const writer = new PermissionWriter({ clients, openWindow });
    const grants = new GrantReader(clients, {
      openWindow,
      pageSize: pageSizes?.permissions,
    });
    const optIns = new OptInReader(clients);
    const shares = new KnownShares();
    const creators = new KnownCreators();
    this.#config = config;
    this.capabilities = {
      columns: true,
      rowFilters: true,
      levels: ['read', 'append', 'modify'],
      allTables: true,
      tagExpressions: true,
      credentials: config.vending !== undefined,
    };
    const tables = new TableReader(clients, { pageSize: pageSizes?.tables });
    const search = new TagSearch(clients);
    const looks = new CatalogLooks(clients);
    this.#resolver = new PortResolver({
      config,
      clients,
      grants,
      optIns,
      tables,
      search,
      looks,
    });
    this.#steps = new Map<string, StepKind>([
      [
        GRANT_PERMISSIONS,
        new GrantPermissionsStep({ writer, grants, shares, creators }),
      ],
      [DATA_CELLS_FILTER, new DataCellsFilterStep({ clients })],
      [ACCEPT_SHARE, new AcceptShareStep({ clients, writer, grants, shares })],
      [
        RESOURCE_LINK,
        new ResourceLinkStep({ clients, writer, grants, creators }),
      ],
      [RESTRICT_ACCESS, new RestrictAccessStep({ writer, grants })],
      [OPT_IN, new OptInStep({ clients, optIns })],
    ]);
    this.#errors = new ErrorClassifier(now);
    const { accounts, vending } = config;
    const regionOf = this.#regionOf;
    this.directory = new LakeFormationDirectory({
      clients,
      tables,
      search,
      looks,
      regionOf,
    });
    this.scanner = new LakeFormationScanner({
      clients,
      accounts,
      grants,
      readPrincipal: id =>
        this.readPrincipal(id) ?? { id, kind: 'other', name: id },
      pageSize: pageSizes?.permissions,
    });
    this.tagger = new LakeFormationTagger({
      clients,
      ontology: config.tags ?? [],
      regionOf,
    });
    this.readiness = new LakeFormationReadiness({
      clients,
      accounts,
      regionOf,
      observe: (step, look) => this.observe(step, look),
      vending,
      tagger: this.tagger,
    });
    this.usage = lakeFormationUsage(regionOf);
    this.credentials = new LakeFormationCredentials({
      clients,
      config: vending,
      regionOf,
      now,
    });
  }

  checkPort(port: OutputPort): Problem[] {
    return checkPortLocation(port, this.#regionOf);
  }

  readPrincipal(id: string): Principal | undefined {
    const principal = readLakePrincipal(id);
    const alias = this.#config.accounts.find(
      account => account.accountId === principal?.accountId,
    )?.alias;
    return principal && alias
      ? { ...principal, accountAlias: alias }
      : principal;
  }

  resolve(
    intent: AccessIntent,
    options?: ResolveOptions,
  ): Promise<ResolvedPort> {
    return this.#resolver.resolve(intent, this.#locate(intent.port), options);
  }

  plan(intent: AccessIntent, resolved: ResolvedPort): Plan {
    return planAccess(
      intent,
      this.#locate(intent.port),
      readObservedPort(resolved.observed),
      this.#config,
    );
  }

  observe(
    step: PlanStep,
    options?: { signal?: AbortSignal },
  ): Promise<StepObservation> {
    return this.#kindOf(step).observe(step, options?.signal);
  }

  baseline(
    step: PlanStep,
    observation: StepObservation,
    others: LiveStep[],
  ): JsonObject {
    return this.#kindOf(step).baseline(step, observation, others);
  }

  apply(
    step: PlanStep,
    context: { observation: StepObservation; signal?: AbortSignal },
  ): Promise<void> {
    return this.#kindOf(step).apply(step, context.observation, context.signal);
  }

  planApply(step: PlanStep, observation: StepObservation): RevocationEffect[] {
    return this.#kindOf(step).planApply(step, observation);
  }

  planUndo(step: PlanStep, context: UndoContext): UndoPlan {
    return this.#kindOf(step).planUndo(step, context);
  }

  undo(
    step: PlanStep,
    context: UndoContext & { signal?: AbortSignal },
  ): Promise<void> {
    return this.#kindOf(step).undo(step, context);
  }

  classify(error: unknown): Omit<StepError, 'at'> {
    return this.#errors.classify(error);
  }

  compare(grant: ObservedGrant, grounds: GrantGrounds): GrantComparison {
    return compareGrant(grant, grounds);
  }

  #kindOf({ id, kind }: PlanStep): StepKind {
    const found = this.#steps.get(kind);
    if (!found) {
      throw new InputError(
        `Step '${id}' is of kind '${kind}'; expected one of ${[
          ...this.#steps.keys(),
        ].join(', ')}`,
      );
    }
    return found;
  }

  get #regionOf(): DefaultRegion {
    return regionIn(this.#config.accounts);
  }

  #locate(port: OutputPort): PortLocation {
    return readPortLocation(port, this.#regionOf);
  }
}
