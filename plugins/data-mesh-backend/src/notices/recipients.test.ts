import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { CatalogPeople } from '../people';
import {
  ANA,
  GIL,
  OLGA,
  OMAR,
  STELLA,
  ZOE,
  theMesh,
  thePeople,
  type TestPeople,
} from '../testing/meshFixture';
import { createRecipients, type PeopleNotice } from './recipients';

const SALES = 'group:default/sales';
const GOVERNANCE = 'group:default/governance';
const payload = { title: 'Decide', scope: 'request:r1' };

const refOf = ({ kind, metadata }: Entity) =>
  `${kind.toLocaleLowerCase('en-US')}:default/${metadata.name}`;

/** Who is told, and what the log says of it. */
async function told(notice: PeopleNotice, people: Partial<TestPeople> = {}) {
  const entities = new Map(
    theMesh([], undefined, {
      ...thePeople,
      ...people,
      memberships: { ...thePeople.memberships, ...people.memberships },
    }).map(entity => [refOf(entity), entity]),
  );
  const sent: NotificationSendOptions[] = [];
  const logger = mockServices.logger.mock();
  const recipients = createRecipients({
    notifications: { send: async notification => void sent.push(notification) },
    people: new CatalogPeople({
      childGroups: true,
      lookUp: async refs =>
        new Map(
          refs.flatMap(ref => {
            const entity = entities.get(ref);
            return entity ? [[ref, entity] as const] : [];
          }),
        ),
    }),
    governance: [GOVERNANCE],
    logger,
  });
  await recipients.send(await recipients.find({ ...notice, payload }), payload);
  return {
    users: sent.flatMap(({ recipients: whom }) =>
      whom.type === 'entity' ? whom.entityRef : ['everybody'],
    ),
    sends: sent.length,
    warnings: logger.warn.mock.calls.map(([words]) => words),
  };
}

describe('who is told', () => {
  it('are users, each once, and never a group', async () => {
    expect(await told({ to: [OMAR, ANA], inCharge: [SALES] })).toEqual({
      users: [ANA, OLGA, OMAR],
      sends: 1,
      warnings: [],
    });
  });

  it('are members of child groups, who may decide as well', async () => {
    const { users } = await told(
      { inCharge: [SALES] },
      {
        memberships: { sales: ['omar'], 'sales-emea': ['zoe'] },
        parents: { 'sales-emea': 'sales' },
      },
    );
    expect(users).toEqual([OMAR, ZOE]);
  });

  it('are not those who have left the group', async () => {
    const { users } = await told(
      { inCharge: [SALES] },
      { memberships: { sales: ['olga'], others: ['omar'] } },
    );
    expect(users).toEqual([OLGA]);
  });

  it('are not those who did it, which needs no word', async () => {
    expect(await told({ inCharge: [OMAR], actorRef: OMAR })).toEqual({
      users: [],
      sends: 0,
      warnings: [],
    });
  });

  it('are not those who may not decide, by themselves or by their group', async () => {
    const asked = { inCharge: [SALES, STELLA] };
    expect((await told({ ...asked, mayNotDecide: [OMAR] })).users).toEqual([
      OLGA,
      STELLA,
    ]);
    expect((await told({ ...asked, mayNotDecide: [SALES] })).users).toEqual([
      STELLA,
    ]);
  });

  it.each<[string, PeopleNotice]>([
    ['a group that nobody has', { inCharge: ['group:default/gone'] }],
    ['nobody', { inCharge: [] }],
    ['a user who is gone', { inCharge: ['user:default/gone'] }],
    [
      'those who may not decide only',
      { inCharge: [SALES], mayNotDecide: [OMAR, OLGA] },
    ],
  ])(
    'are governance where it waits for %s, with a warning',
    async (_, asked) => {
      expect(await told(asked)).toEqual({
        users: [GIL],
        sends: 1,
        warnings: [
          expect.stringMatching(
            /^Nobody in .+ can be told of request:r1; group:default\/governance was told$/,
          ),
        ],
      });
    },
  );

  it('are the fallback approvers where governance may not decide either', async () => {
    const asked = {
      inCharge: ['group:default/gone'],
      mayNotDecide: [GIL],
      fallbackApprovers: [STELLA],
    };
    expect((await told(asked)).users).toEqual([STELLA]);
    expect(await told({ ...asked, fallbackApprovers: [GIL] })).toEqual({
      users: [],
      sends: 0,
      warnings: [
        'Nobody in group:default/gone can be told of request:r1; nobody was told',
      ],
    });
  });

  it('are users that the catalog does not have, of what they asked for', async () => {
    expect(
      await told({ to: ['user:default/guest', 'group:default/gone'] }),
    ).toEqual({ users: ['user:default/guest'], sends: 1, warnings: [] });
  });

  it('are told in several turns where they are many', async () => {
    const many = Array.from({ length: 501 }, (_, index) => `u${index}`);
    const { users, sends } = await told(
      { inCharge: [SALES] },
      { memberships: { sales: many } },
    );
    expect([users.length, sends]).toEqual([501, 2]);
  });
});
