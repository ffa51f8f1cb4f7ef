import { InputError, NotAllowedError } from '@backstage/errors';
import type {
  Capabilities,
  DoctorReport,
  OutputPort,
  Plan,
  Readiness,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  AccessInForce,
  AccessIntent,
  CredentialVendor,
  ReadinessChecker,
  UsageGuide,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { FakeProvisioner } from './FakeProvisioner';
import type { FakeSystem } from './FakeSystem';

/** What {@link WideFakeProvisioner} gives out; tests look for it everywhere. */
export const FAKE_SECRET = 'fake-secret-that-nobody-may-keep';
export const FAKE_TOKEN = 'fake-token-that-nobody-may-keep';

/**
 * A system that offers all that a provisioner may: every form of scope, levels,
 * row filters, checks, snippets and credentials.
 */
export class WideFakeProvisioner extends FakeProvisioner {
  override readonly capabilities: Capabilities = {
    columns: true,
    rowFilters: true,
    levels: ['read', 'append', 'modify'],
    allTables: true,
    tagExpressions: true,
    credentials: true,
  };
  /** What the next checks find; thrown where it is an error. */
  checks: Readiness['checks'] | Error = [
    { id: 'link', title: 'The link resolves', state: 'ok', words: 'It does' },
  ];
  readonly checked: AccessInForce[] = [];
  readonly vended: Array<{ table: string; durationSeconds: number }> = [];
  /** Called while credentials are made. */
  onVend: () => Promise<void> = async () => {};

  constructor(
    system?: FakeSystem,
    private readonly now: () => Date = () => new Date(),
  ) {
    super(system);
  }

  override plan(intent: AccessIntent): Plan {
    const { scope, port } = intent;
    if (scope.allTables) return this.#planOf(intent, port.location, '*');
    if (scope.tagExpression?.length) {
      const words = scope.tagExpression
        .map(({ key, values }) => `${key}=${[...values].sort().join('|')}`)
        .sort()
        .join('&');
      return this.#planOf(intent, { database: 'tags' }, words);
    }
    const plan = super.plan(intent);
    return {
      ...plan,
      steps: plan.steps.map((step, index) => {
        const { rowFilter } = scope.tables[index];
        // It knows less than the language of row filters has.
        if (rowFilter?.includes('LIKE')) {
          throw new InputError(`'${rowFilter}' has LIKE, which is not known`);
        }
        const parts = [
          ...(scope.level === 'read' ? [] : [scope.level]),
          ...(rowFilter ? [rowFilter] : []),
        ];
        if (parts.length === 0) return step;
        const suffix = `[${parts.join(' ')}]`;
        const input = {
          ...step.call.input,
          table: `${step.call.input.table}${suffix}`,
        };
        return {
          ...step,
          id: `${step.id}${suffix}`,
          words: { text: `${step.words.text} ${suffix}` },
          call: { ...step.call, input },
          shares: step.shares?.map(key => `${key}${suffix}`),
        };
      }),
    };
  }

  /** One grant that stands for more than a table. */
  #planOf(
    intent: AccessIntent,
    location: OutputPort['location'],
    name: string,
  ): Plan {
    return super.plan({
      ...intent,
      port: {
        ...intent.port,
        location,
        tables: [{ name, columns: [{ name: '*', type: 'string' }] }],
      },
      scope: { level: intent.scope.level, tables: [{ table: name }] },
    });
  }

  readonly readiness: ReadinessChecker = {
    check: async access => {
      this.checked.push(access);
      if (this.checks instanceof Error) throw this.checks;
      const states = this.checks.map(one => one.state);
      if (states.includes('failed'))
        return { ready: 'no', checks: this.checks };
      return {
        ready: states.includes('unknown') ? 'unknown' : 'yes',
        checks: this.checks,
      };
    },
    diagnose: async ({ ports, principals }): Promise<DoctorReport['items']> => {
      if (this.checks instanceof Error) throw this.checks;
      return [
        ...ports.map(port => ({
          subject: `database ${port.location.database}`,
          checks: [
            {
              id: 'database',
              title: 'The database is there',
              state: 'ok' as const,
              words: 'It is',
            },
          ],
        })),
        ...principals.map(principal => ({
          subject: `principal ${principal.name}`,
          checks: [
            {
              id: 'exists',
              title: 'It exists',
              state: 'warning' as const,
              words: 'Nobody has seen it',
              fix: 'Look for it',
            },
          ],
        })),
      ];
    },
  };

  readonly usage: UsageGuide = {
    snippets: ({ port, scope }) =>
      scope.tables.map(({ table }) => ({
        engine: 'fake',
        title: 'Fake SQL',
        language: 'sql',
        text: `select * from ${port.location.database}.${table}`,
      })),
  };

  readonly credentials: CredentialVendor = {
    vendable: ({ scope }) =>
      scope.tables.some(table => table.columns ?? table.rowFilter)
        ? { reason: 'Only some columns or rows: use an engine that filters' }
        : { tables: scope.tables.map(one => one.table) },
    vend: async ({ scope }, wanted) => {
      if (scope.tables.some(table => table.columns ?? table.rowFilter)) {
        throw new NotAllowedError('restricted');
      }
      this.vended.push(wanted);
      await this.onVend();
      return {
        accessKeyId: 'FAKEKEYID',
        secretAccessKey: FAKE_SECRET,
        sessionToken: FAKE_TOKEN,
        expiration: new Date(
          this.now().getTime() + wanted.durationSeconds * 1000,
        ).toISOString(),
        locations: [`s3://fake/${wanted.table}`],
      };
    },
  };
}
