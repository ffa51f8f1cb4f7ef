import type {
  Capabilities,
  ObservedGrant,
  OutputPort,
  Plan,
  PlanStep,
  Principal,
  Problem,
  StepError,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { parseAwsPrincipal } from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  AccessIntent,
  LiveStep,
  Provisioner,
  ResolvedPort,
  StepObservation,
  UndoPlan,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { JsonObject } from '@backstage/types';
import { AwsClients } from './aws/AwsClients';
import { ErrorClassifier } from './aws/classify';
import { LakeFormationConfig } from './config';
import {
  DefaultRegion,
  PortLocation,
  checkPortLocation,
  glueName,
  readPortLocation,
} from './model/PortLocation';
import { explainsGrant } from './scan/explainsGrant';
import { observedGrants } from './scan/observedGrants';
import { observePort } from './scan/observePort';
import { PermissionReader } from './scan/PermissionReader';
import { TableReader } from './scan/TableReader';
import { checkIntent } from './planning/checkIntent';
import { readObservedPort } from './planning/ObservedPort';
import { PORT_TYPE, planAccess } from './planning/planAccess';
import { GrantPermissionsStep } from './steps/GrantPermissionsStep';

/** Makes access real in AWS Lake Formation. */
export class LakeFormationProvisioner implements Provisioner {
  readonly portType = PORT_TYPE;
  readonly title = 'AWS Lake Formation';
  readonly capabilities: Capabilities = {
    columns: true,
    rowFilters: false,
    levels: ['read'],
  };

  readonly #config: LakeFormationConfig;
  readonly #tables: TableReader;
  readonly #permissions: PermissionReader;
  readonly #grants: GrantPermissionsStep;
  readonly #errors: ErrorClassifier;

  constructor(options: {
    config: LakeFormationConfig;
    clients: AwsClients;
    now: () => number;
    /** Smaller pages than AWS's maximum. */
    pageSizes?: { tables?: number; permissions?: number };
  }) {
    const { config, clients, now, pageSizes } = options;
    this.#config = config;
    this.#tables = new TableReader(clients, { pageSize: pageSizes?.tables });
    this.#permissions = new PermissionReader(clients, {
      pageSize: pageSizes?.permissions,
    });
    this.#grants = new GrantPermissionsStep(clients, this.#permissions);
    this.#errors = new ErrorClassifier(now);
  }

  checkPort(port: OutputPort): Problem[] {
    return checkPortLocation(port, this.#regionOf);
  }

  readPrincipal(id: string): Principal | undefined {
    const principal = parseAwsPrincipal(id);
    const alias = this.#config.accounts.find(
      account => account.accountId === principal?.accountId,
    )?.alias;
    return principal && alias
      ? { ...principal, accountAlias: alias }
      : principal;
  }

  async resolve(
    intent: AccessIntent,
    options?: { signal?: AbortSignal },
  ): Promise<ResolvedPort> {
    const location = this.#locate(intent.port);
    checkIntent(intent, location);
    const names = [
      ...new Set(intent.scope.tables.map(({ table }) => glueName(table))),
    ];
    const tables = await this.#tables.read(location, names, options?.signal);
    const listed = await this.#permissions.read(
      { ...location, tables: names, withAllTables: true },
      options?.signal,
    );
    return {
      identities: Object.fromEntries(
        tables.flatMap(({ Name, CreateTime }) =>
          CreateTime
            ? [[`table:${location.database}.${Name}`, CreateTime.toISOString()]]
            : [],
        ),
      ),
      observed: observePort(intent.principal.id, tables, listed),
    };
  }

  plan(intent: AccessIntent, resolved: ResolvedPort): Plan {
    return planAccess(
      intent,
      this.#locate(intent.port),
      readObservedPort(resolved.observed),
    );
  }

  observe(
    step: PlanStep,
    options?: { signal?: AbortSignal },
  ): Promise<StepObservation> {
    return this.#grants.observe(step, options?.signal);
  }

  baseline(
    step: PlanStep,
    observation: StepObservation,
    others: LiveStep[],
  ): JsonObject {
    return this.#grants.baseline(step, observation, others);
  }

  apply(
    step: PlanStep,
    context: { observation: StepObservation; signal?: AbortSignal },
  ): Promise<void> {
    return this.#grants.apply(step, context.observation, context.signal);
  }

  planUndo(
    step: PlanStep,
    context: {
      observation: StepObservation;
      baseline: JsonObject;
      others: LiveStep[];
    },
  ): UndoPlan {
    return this.#grants.planUndo(step, context);
  }

  undo(
    step: PlanStep,
    context: {
      observation: StepObservation;
      baseline: JsonObject;
      others: LiveStep[];
      signal?: AbortSignal;
    },
  ): Promise<void> {
    return this.#grants.undo(step, context);
  }

  classify(error: unknown): Omit<StepError, 'at'> {
    return this.#errors.classify(error);
  }

  async listGrants(
    port: OutputPort,
    options?: { signal?: AbortSignal },
  ): Promise<ObservedGrant[]> {
    const listed = await this.#permissions.read(
      {
        ...this.#locate(port),
        tables: port.tables.map(table => glueName(table.name)),
        withAllTables: true,
      },
      options?.signal,
    );
    return observedGrants(
      listed,
      id => this.readPrincipal(id) ?? { id, kind: 'other', name: id },
    );
  }

  explains(live: LiveStep, grant: ObservedGrant): 'full' | 'part' | 'none' {
    return explainsGrant(live, grant);
  }

  readonly #regionOf: DefaultRegion = accountId =>
    this.#config.accounts.find(account => account.accountId === accountId)
      ?.region;

  #locate(port: OutputPort): PortLocation {
    return readPortLocation(port, this.#regionOf);
  }
}
