import type { PortFacts } from '@lakemesh/backstage-plugin-data-mesh-common';
import { judgePort, type PortNow } from './judgePort';
import { NOBODY, type Decided, type DecisionPart } from './Publication';
import { NOTHING_DECIDED } from './PublicationRow';
import { whoDecides } from './whoDecides';

const SALES = 'domain:default/sales';
const HR = 'domain:default/hr';
const AT = '2026-11-29T08:00:00.000Z';

const someFacts = (change: Partial<PortFacts> = {}): PortFacts => ({
  ownerRef: 'group:default/shop',
  domainRef: SALES,
  system: 'fake',
  location: { database: 'sales' },
  approvers: [],
  neverShared: [],
  tags: [],
  tables: {
    customers: {
      columns: { email: { type: 'string', pii: true, tags: [] } },
    },
  },
  ...change,
});

/** A port in the place of sales, whose owner belongs to sales. */
function aPort(
  facts: PortFacts | undefined,
  change: Partial<PortNow> & { holder?: string } = {},
): PortNow {
  const { holder = SALES, ...rest } = change;
  return {
    ...(facts && { facts }),
    trusted: false,
    returned: false,
    at: AT,
    holdersOf: ({ tables }) =>
      new Map(Object.keys(tables).map(table => [table, holder])),
    belongs: (owner, domain) =>
      owner === 'group:default/shop' && domain === SALES,
    outsiders: () => [],
    partsFor: (holders): DecisionPart[] =>
      holders.map(one => ({
        holders: [one],
        approvers: [
          one === NOBODY ? 'group:default/governance' : `owner-of ${one}`,
        ],
        because: `of ${one}`,
      })),
    effectOf: () => ({}),
    ...rest,
  };
}

const accepted = (change: Partial<Decided['accepted']> = {}): Decided => ({
  ...NOTHING_DECIDED,
  accepted: {
    facts: someFacts(),
    holders: [SALES],
    at: '2026-11-01T08:00:00.000Z',
    by: 'plugin:data-mesh',
    because: 'x',
    ownerUid: 'shop-1',
    domainUid: 'sales-1',
    ...change,
  },
});

const notPersonal = someFacts({
  tables: {
    customers: {
      columns: { email: { type: 'string', pii: false, tags: [] } },
    },
  },
});

describe('a port judged by what holds now', () => {
  it('is accepted by rule only where its own domain holds all of it', () => {
    expect(judgePort(NOTHING_DECIDED, aPort(someFacts()))).toMatchObject({
      state: 'published',
      requestable: true,
      acceptedByRule: true,
    });
    for (const port of [
      aPort(someFacts(), { holder: HR }),
      aPort(someFacts(), { holder: NOBODY }),
      aPort(someFacts({ ownerRef: 'group:default/others' })),
      aPort(someFacts({ domainRef: HR })),
    ]) {
      expect(judgePort(NOTHING_DECIDED, port)).toMatchObject({
        state: 'pending',
        requestable: false,
        acceptedByRule: false,
      });
    }
  });

  it('lets others decide by rule only where a trusted location says so', () => {
    const facts = someFacts({ approvers: ['user:default/eve'] });
    const outsiders = ({ approvers }: PortFacts) => approvers;
    expect(
      judgePort(NOTHING_DECIDED, aPort(facts, { outsiders })),
    ).toMatchObject({
      state: 'pending',
      why: expect.stringContaining(
        'user:default/eve would decide about it without belonging to domain:default/sales',
      ),
    });
    expect(
      judgePort(NOTHING_DECIDED, aPort(facts, { outsiders, trusted: true })),
    ).toMatchObject({ state: 'published', accepted: { vouched: true } });
  });

  it('is vouched for by people and by trusted locations, until anybody adds columns', () => {
    const facts = someFacts();
    const vouched = (decided: Decided, port: PortNow) =>
      judgePort(decided, port).accepted?.vouched;
    expect(vouched(NOTHING_DECIDED, aPort(facts))).toBe(false);
    expect(vouched(accepted(), aPort(facts, { trusted: true }))).toBe(true);
    const byPerson = accepted({ by: 'user:default/dora', vouched: true });
    expect(vouched(byPerson, aPort(facts))).toBe(true);
    expect(vouched(byPerson, aPort(someFacts({ maxDurationDays: 7 })))).toBe(
      true,
    );
    const wider = someFacts({
      tables: {
        customers: {
          columns: {
            ...facts.tables.customers.columns,
            card: { type: 'string', pii: true, tags: [] },
          },
        },
      },
    });
    expect(vouched(byPerson, aPort(wider))).toBe(false);
    expect(vouched(byPerson, aPort(wider, { trusted: true }))).toBe(true);
  });

  it('takes in what tightens, and does not let go of it again', () => {
    const tighter = judgePort(
      accepted(),
      aPort(someFacts({ maxDurationDays: 7 })),
    );
    expect(tighter).toMatchObject({
      state: 'published',
      acceptedByRule: true,
      accepted: { facts: { maxDurationDays: 7 }, ownerUid: 'shop-1' },
    });
    expect(judgePort(tighter, aPort(someFacts()))).toMatchObject({
      state: 'change-pending',
      requestable: true,
      accepted: { facts: { maxDurationDays: 7 } },
      differences: [{ id: 'duration' }],
    });
  });

  it('changes nothing when it is judged again', () => {
    const once = judgePort(accepted(), aPort(notPersonal));
    expect(judgePort(once, aPort(notPersonal))).toEqual(once);
  });

  it('forgets that something was sent back when its content changes', () => {
    const before = judgePort(accepted(), aPort(someFacts({ tags: ['x'] })));
    const [tags] = before.differences.filter(({ id }) => id === 'tags');
    const decided = {
      ...before,
      sentBack: { [tags.signature]: { actorRef: 'user:default/dora', at: AT } },
    };
    const still = judgePort(decided, aPort(someFacts({ tags: ['x'] })));
    expect(still).toMatchObject({ state: 'published', parts: [] });
    expect(still.differences).toMatchObject([{ id: 'tags', sentBack: {} }]);
    const again = judgePort(decided, aPort(someFacts({ tags: ['x', 'y'] })));
    expect(again.state).toBe('change-pending');
    expect(again.sentBack).toEqual({});
  });

  it('is suspended when a stranger holds its place, and its own domain takes it over by rule', () => {
    expect(
      judgePort(accepted(), aPort(someFacts(), { holder: HR })),
    ).toMatchObject({
      state: 'suspended',
      requestable: false,
      differences: [{ id: `holder:${HR}` }],
      parts: [{ approvers: ['group:default/governance', `owner-of ${HR}`] }],
    });
    expect(
      judgePort(accepted({ holders: [NOBODY] }), aPort(someFacts())),
    ).toMatchObject({
      state: 'published',
      acceptedByRule: true,
      accepted: { holders: [SALES] },
    });
  });

  it('waits when it comes back under an owner or domain that was created anew', () => {
    const anew = { ownerUid: 'shop-2', domainUid: 'sales-1' };
    expect(
      judgePort(accepted(), aPort(someFacts(), { ...anew, returned: true })),
    ).toMatchObject({
      state: 'change-pending',
      estranged: true,
      differences: [{ id: 'owner-identity', danger: true }],
    });
    for (const same of [
      { ownerUid: 'shop-1', domainUid: 'sales-1', returned: true },
      // Of a trusted location.
      { returned: true },
      // It never left.
      { ...anew, returned: false },
    ]) {
      expect(judgePort(accepted(), aPort(someFacts(), same))).toMatchObject({
        state: 'published',
        estranged: false,
      });
    }
  });

  it('keeps what was accepted, and gives nothing, while the catalog does not have it', () => {
    expect(judgePort(accepted(), aPort(undefined))).toMatchObject({
      state: 'published',
      requestable: false,
      present: false,
      accepted: { facts: someFacts() },
    });
    expect(
      judgePort(accepted(), aPort(undefined, { problem: 'no location' })),
    ).toMatchObject({ requestable: false, present: true });
  });
});

describe('who decides about a port', () => {
  const world = (domains: { [ref: string]: string | undefined }) => ({
    book: {
      domainOf: (domainRef: string) => ({
        domainRef,
        exists: true,
        ...(domains[domainRef] && { ownerRef: domains[domainRef] }),
        teams: [],
        own: [],
      }),
    },
    members: new Map([
      ['group:default/shop', ['user:default/omar']],
      ['group:default/sales-domain', ['user:default/dora']],
      ['group:default/same-people', ['user:default/omar']],
      ['group:default/governance', ['user:default/gil']],
    ]),
    governance: ['group:default/governance'],
  });
  const shop = ['group:default/shop'];

  it.each<[string, string, string | undefined, string[]]>([
    [
      'the owner of the domain',
      SALES,
      'group:default/sales-domain',
      ['group:default/sales-domain'],
    ],
    [
      'governance, where nobody holds it',
      NOBODY,
      undefined,
      ['group:default/governance'],
    ],
    [
      'governance, where the domain has no owner',
      SALES,
      undefined,
      ['group:default/governance'],
    ],
    [
      'governance, where one team owns both',
      SALES,
      'group:default/shop',
      ['group:default/governance'],
    ],
    [
      'governance, where the same people do',
      SALES,
      'group:default/same-people',
      ['group:default/governance'],
    ],
    [
      'governance, where the owner does not exist',
      SALES,
      'group:default/gone',
      ['group:default/governance'],
    ],
  ])('is %s', (_, holder, ownerRef, approvers) => {
    expect(
      whoDecides([holder], shop, world({ [holder]: ownerRef })),
    ).toMatchObject([{ holders: [holder], approvers }]);
  });

  it('is each of several, and nobody where nobody is left', () => {
    const parts = whoDecides(
      [SALES, NOBODY, HR],
      shop,
      world({ [SALES]: 'group:default/sales-domain' }),
    );
    expect(parts.map(({ holders, approvers }) => [holders, approvers])).toEqual(
      [
        [[NOBODY, HR], ['group:default/governance']],
        [[SALES], ['group:default/sales-domain']],
      ],
    );
    expect(
      whoDecides([NOBODY], ['group:default/governance'], world({})),
    ).toMatchObject([
      {
        approvers: [],
        because: expect.stringMatching(/names nobody who could decide/),
      },
    ]);
  });
});
