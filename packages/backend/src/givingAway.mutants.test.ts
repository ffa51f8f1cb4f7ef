import { TestDatabases } from '@backstage/backend-test-utils';
import type { Reach } from './__testUtils__/attackedEntities';
import {
  SEEDS,
  SEQUENCES,
  attackOf,
  outcomeOf,
} from './__testUtils__/tryAttack';

/**
 * Shows that the random attacks of givingAway.test.ts find what is broken: each
 * mutant takes a check out, or two where the one makes up for the other, and has
 * to be caught by the sequences of a build. Every build tries the first few of
 * them; `GIVING_AWAY_MUTANTS=all yarn test givingAway.mutants` tries all.
 */
const IN_EVERY_BUILD = 3;

type Call = (...args: never[]) => unknown;

/** Functions whose mutants are in force, by their names. */
const mockBroken = new Set<string>();

/** Exports of a module: a function may be broken, and is made of what it was. */
function mockExports(
  actual: object,
  mutants: { [name: string]: (original: Call) => Call },
) {
  const mutated = Object.entries(mutants).map(([name, mutant]) => {
    const original = Reflect.get(actual, name) as Call;
    const broken = mutant(original);
    const either: Call = (...args) =>
      (mockBroken.has(name) ? broken : original)(...args);
    return [name, either];
  });
  return { ...actual, ...Object.fromEntries(mutated) };
}

jest.mock('../../../plugins/data-mesh-backend/src/people/mayJoin', () =>
  mockExports(
    jest.requireActual('../../../plugins/data-mesh-backend/src/people/mayJoin'),
    { mayJoin: () => () => () => true },
  ),
);

jest.mock(
  '../../../plugins/data-mesh-backend/src/config/trustedLocations',
  () =>
    mockExports(
      jest.requireActual(
        '../../../plugins/data-mesh-backend/src/config/trustedLocations',
      ),
      { isFromTrustedLocation: () => () => true },
    ),
);

jest.mock('../../../plugins/data-mesh-backend/src/names/judgeIdentity', () =>
  mockExports(
    jest.requireActual(
      '../../../plugins/data-mesh-backend/src/names/judgeIdentity',
    ),
    { judgeIdentity: () => () => 'same' },
  ),
);

type JudgePort =
  typeof import('../../../plugins/data-mesh-backend/src/publication/judgePort').judgePort;

jest.mock('../../../plugins/data-mesh-backend/src/publication/judgePort', () =>
  mockExports(
    jest.requireActual(
      '../../../plugins/data-mesh-backend/src/publication/judgePort',
    ),
    {
      judgePort:
        original =>
        (...[decided, now, compared]: Parameters<JudgePort>) =>
          (original as JudgePort)(
            decided,
            { ...now, outsiders: () => [] },
            compared,
          ),
    },
  ),
);

jest.mock(
  '../../../plugins/data-mesh-backend/src/publication/whyNotDecide',
  () =>
    mockExports(
      jest.requireActual(
        '../../../plugins/data-mesh-backend/src/publication/whyNotDecide',
      ),
      { whyNotDecide: () => () => undefined, myParts: () => parts => parts },
    ),
);

jest.mock('../../../plugins/data-mesh-backend/src/claims/claimStanding', () =>
  mockExports(
    jest.requireActual(
      '../../../plugins/data-mesh-backend/src/claims/claimStanding',
    ),
    { whyNotDecideClaim: () => () => undefined },
  ),
);

jest.mock(
  '../../../plugins/data-mesh-backend/src/requests/lifecycle/standing',
  () =>
    mockExports(
      jest.requireActual(
        '../../../plugins/data-mesh-backend/src/requests/lifecycle/standing',
      ),
      { whyNotDecide: () => () => undefined },
    ),
);

type ProgressOf =
  typeof import('../../../plugins/data-mesh-backend/src/requests/judge/countedApprovals').progressOf;

jest.mock(
  '../../../plugins/data-mesh-backend/src/requests/judge/countedApprovals',
  () =>
    mockExports(
      jest.requireActual(
        '../../../plugins/data-mesh-backend/src/requests/judge/countedApprovals',
      ),
      {
        progressOf:
          original =>
          (...[policy, approvals]: Parameters<ProgressOf>) =>
            (original as ProgressOf)(
              policy,
              approvals,
              new Map(
                policy.stages.flatMap(stage =>
                  stage.approvers.map(ref => [
                    ref,
                    approvals.map(({ actorRef }) => actorRef),
                  ]),
                ),
              ),
            ),
      },
    ),
);

type FindReach =
  typeof import('../../../plugins/data-mesh-backend/src/requests/reach/findReach').findReach;

const mockVouched = <T extends object>(port: T) => ({ ...port, vouched: true });

jest.mock(
  '../../../plugins/data-mesh-backend/src/requests/reach/findReach',
  () =>
    mockExports(
      jest.requireActual(
        '../../../plugins/data-mesh-backend/src/requests/reach/findReach',
      ),
      {
        findReach:
          original =>
          async (...args: Parameters<FindReach>) => {
            const found = await (original as FindReach)(...args);
            const [, asked] = args;
            const { reach, judgedPort } = found;
            return {
              ...found,
              judgedPort: mockBroken.has('vouched')
                ? mockVouched(judgedPort)
                : judgedPort,
              reach: {
                ...reach,
                ...(mockBroken.has('tagsHeld') && { tagsHeld: true }),
                tables: reach.tables
                  .filter(
                    ({ ports }) =>
                      !mockBroken.has('foreignTables') ||
                      ports.some(one => one.productRef === asked.productRef),
                  )
                  .map(table => ({
                    ...table,
                    ports: mockBroken.has('vouched')
                      ? table.ports.map(mockVouched)
                      : table.ports,
                  })),
              },
            };
          },
      },
    ),
);

jest.mock('../../../plugins/data-mesh-backend/src/scopes/scopeProblems', () =>
  mockExports(
    jest.requireActual(
      '../../../plugins/data-mesh-backend/src/scopes/scopeProblems',
    ),
    { eachScopeProblems: () => () => [] },
  ),
);

jest.mock(
  '../../../plugins/data-mesh-backend-module-lake-formation/src/planning/checkIntent',
  () =>
    mockExports(
      jest.requireActual(
        '../../../plugins/data-mesh-backend-module-lake-formation/src/planning/checkIntent',
      ),
      { checkIntent: () => () => undefined },
    ),
);

jest.mock('../../../plugins/data-mesh-common/src/policy/reachStages', () =>
  mockExports(
    jest.requireActual(
      '../../../plugins/data-mesh-common/src/policy/reachStages',
    ),
    {
      holderStages: () => () => [],
      ownerStages: original => facts =>
        (original(facts) as unknown[]).slice(0, 1),
    },
  ),
);

type DiffFacts =
  typeof import('../../../plugins/data-mesh-common/src/publication/diffFacts');

jest.mock('../../../plugins/data-mesh-common/src/publication/diffFacts', () =>
  mockExports(
    jest.requireActual(
      '../../../plugins/data-mesh-common/src/publication/diffFacts',
    ),
    {
      strictestFacts:
        () =>
        (...[, current]: Parameters<DiffFacts['strictestFacts']>) =>
          current,
    },
  ),
);

type Asked =
  typeof import('../../../plugins/data-mesh-backend/src/tags/askedTags');
type Common = typeof import('@lakemesh/backstage-plugin-data-mesh-common');

jest.mock('../../../plugins/data-mesh-backend/src/tags/askedTags', () =>
  mockExports(
    jest.requireActual('../../../plugins/data-mesh-backend/src/tags/askedTags'),
    {
      askedTags:
        original =>
        (...[deps, found]: Parameters<Asked['askedTags']>) => {
          const { factsOf } = jest.requireActual<Common>(
            '@lakemesh/backstage-plugin-data-mesh-common',
          );
          const { published, catalog } = deps;
          return (original as Asked['askedTags'])(
            {
              catalog,
              published: {
                find: async (ref, name, product) => {
                  const port = await published.find(ref, name, product);
                  const declared = found.entity.spec.outputPorts.find(
                    one => one.name === name,
                  );
                  if (!declared) return port;
                  const live = factsOf(found.entity, declared);
                  if (mockBroken.has('unpublishedTags') && !port.facts) {
                    return { ...port, facts: live, requestable: true };
                  }
                  return mockBroken.has('ownerOfTags') && port.facts
                    ? {
                        ...port,
                        facts: { ...port.facts, ownerRef: found.ownerRef },
                      }
                    : port;
                },
                holdersOf: async facts =>
                  mockBroken.has('holderOfTags')
                    ? new Map(
                        Object.keys(facts.tables).map(table => [
                          table,
                          facts.domainRef,
                        ]),
                      )
                    : published.holdersOf(facts),
              },
            },
            found,
          );
        },
    },
  ),
);

/** Classes whose methods are broken, at their prototypes. */
const { CatalogPeople } = jest.requireActual<
  typeof import('../../../plugins/data-mesh-backend/src/people/People')
>('../../../plugins/data-mesh-backend/src/people/People');
const { Governance } = jest.requireActual<
  typeof import('../../../plugins/data-mesh-backend/src/people/Governance')
>('../../../plugins/data-mesh-backend/src/people/Governance');
const { PlaceBook } = jest.requireActual<
  typeof import('../../../plugins/data-mesh-backend/src/places/PlaceBook')
>('../../../plugins/data-mesh-backend/src/places/PlaceBook');
const { World } = jest.requireActual<
  typeof import('../../../plugins/data-mesh-backend/src/publication/world')
>('../../../plugins/data-mesh-backend/src/publication/world');
const { PrincipalDirectory } = jest.requireActual<
  typeof import('../../../plugins/data-mesh-backend/src/principals/PrincipalDirectory')
>('../../../plugins/data-mesh-backend/src/principals/PrincipalDirectory');

const OWNERS = 'group:default/owners';

function everybodyIsOwner() {
  const { refsOf } = CatalogPeople.prototype;
  jest
    .spyOn(CatalogPeople.prototype, 'refsOf')
    .mockImplementation(async function refs(
      this: InstanceType<typeof CatalogPeople>,
      userRef,
    ) {
      return [...(await refsOf.call(this, userRef)), OWNERS];
    });
}

function ownersAreEverybody() {
  const { membersOf } = CatalogPeople.prototype;
  jest
    .spyOn(CatalogPeople.prototype, 'membersOf')
    .mockImplementation(async function members(
      this: InstanceType<typeof CatalogPeople>,
      refs,
    ) {
      const found = await membersOf.call(this, refs);
      return new Map(
        [...found].map(([ref, users]) => [
          ref,
          ref === OWNERS
            ? [...users, 'user:default/eve', 'user:default/mallory']
            : users,
        ]),
      );
    });
}

const breaks =
  (...names: string[]) =>
  () => {
    for (const name of names) mockBroken.add(name);
  };

/** What is broken, and how. */
const mutants: Array<[name: string, breakIt: () => void]> = [
  ['what loosens is in force at once', breaks('strictestFacts')],
  [
    'all tables and tags reach only the tables of the product',
    breaks('findReach', 'foreignTables', 'tagsHeld'),
  ],
  ['every user belongs to the owners', everybodyIsOwner],
  [
    'every user belongs to the owners, and is a member of them',
    () => {
      everybodyIsOwner();
      ownersAreEverybody();
    },
  ],
  [
    'anybody who is named owns products of a domain',
    () => jest.spyOn(PlaceBook.prototype, 'belongs').mockReturnValue(true),
  ],
  [
    'every domain holds every table that its products name',
    () =>
      jest
        .spyOn(World.prototype, 'holdersOf')
        .mockImplementation(
          facts =>
            new Map(
              Object.keys(facts.tables).map(table => [table, facts.domainRef]),
            ),
        ),
  ],
  ['names that somebody took over are trusted', breaks('judgeIdentity')],
  ['every location is trusted', breaks('isFromTrustedLocation')],
  ['all that is published is vouched for', breaks('findReach', 'vouched')],
  ['a rule accepts approvers from outside', breaks('judgePort')],
  ['groups are joined by whoever says so', breaks('mayJoin')],
  ['anybody decides what is published', breaks('whyNotDecide', 'myParts')],
  ['anybody decides claims', breaks('whyNotDecideClaim')],
  ['approvals of anybody count', breaks('whyNotDecide', 'progressOf')],
  [
    'everybody governs',
    () =>
      jest.spyOn(Governance.prototype, 'isGovernance').mockReturnValue(true),
  ],
  [
    'tables that are not of the product are granted',
    breaks('eachScopeProblems', 'checkIntent'),
  ],
  [
    'neither owners nor holders of tables reached are asked',
    breaks('holderStages', 'ownerStages', 'tagsHeld', 'findReach'),
  ],
  [
    'whoever names a role gets its credentials',
    () =>
      jest
        .spyOn(PrincipalDirectory.prototype, 'mayUse')
        .mockImplementation(async function mayUse(
          this: InstanceType<typeof PrincipalDirectory>,
          caller,
          id,
        ) {
          const own = await this.availableTo(caller);
          return own.some(principal => principal.id === id);
        }),
  ],
  ['tags follow what is not published', breaks('askedTags', 'unpublishedTags')],
  ['tags follow a new owner', breaks('askedTags', 'ownerOfTags')],
  ['tags of what others hold are written', breaks('askedTags', 'holderOfTags')],
];

const { GIVING_AWAY_MUTANTS: wanted } = process.env;
const tried =
  wanted === undefined
    ? mutants.slice(0, IN_EVERY_BUILD)
    : mutants.filter(([name]) => wanted === 'all' || name.includes(wanted));

jest.setTimeout(60_000 + SEQUENCES * 120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const REACHES: readonly Reach[] = ['every kind', 'products alone'];

afterEach(() => {
  mockBroken.clear();
  jest.restoreAllMocks();
});

it.each(tried)('finds out that %s', async (_, breakIt) => {
  breakIt();
  const found: string[] = [];
  for (const seed of SEEDS) {
    for (const reach of REACHES) {
      if (found.length > 0) break;
      const { given, taken } = await outcomeOf(
        await databases.init('SQLITE_3'),
        attackOf(seed, reach),
      );
      if (given.length > 0) {
        found.push(`seed ${seed}, ${reach}, step ${taken.length}: ${given[0]}`);
      }
    }
  }
  if (wanted !== undefined)
    process.stderr.write(`${found[0] ?? 'NOT FOUND'}\n`);
  expect(found).toHaveLength(1);
});
