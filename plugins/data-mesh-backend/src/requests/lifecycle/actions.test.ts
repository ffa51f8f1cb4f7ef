import {
  requestActions,
  type RequestAction,
  type RequestState,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { testDatabases } from '../../testing/databases';
import { ANA, OMAR, aRequest } from '../../testing/meshFixture';
import { asked, startMesh, type Mesh } from '../../testing/startMesh';

const databases = testDatabases();

const states = Object.keys(requestActions) as RequestState[];
const actions = requestActions.pending.concat('revise');

/** What is told before, and answered to, somebody who takes the action. */
function outcomeOf(state: RequestState, action: RequestAction) {
  const isPossible = requestActions[state].includes(action);
  return {
    action,
    isTold: isPossible,
    isRefused: !isPossible,
    why: isPossible
      ? ''
      : expect.stringMatching(
          `^The request cannot be [a-z ]+: it is ${state}, where only .* is possible$`,
        ),
  };
}

describe.each(databases.eachSupportedId())(
  'actions on a request on %s',
  databaseId => {
    let mesh: Mesh;
    beforeAll(async () => {
      mesh = await startMesh({ knex: await databases.migrated(databaseId) });
    });
    afterAll(() => mesh.stop());

    const act = async (state: RequestState, action: RequestAction) => {
      const made = await asked(mesh, ANA, aRequest());
      await mesh
        .knex('access_requests')
        .where({ id: made.id })
        .update({ state });
      const post = (userRef: string, path: string, body: object) =>
        mesh.as(userRef).post(`/v1/requests/${made.id}/${path}`, body, {
          'if-match': String(made.version),
        });
      const decide = () =>
        post(OMAR, 'decisions', { decision: action, comment: 'x' });
      const { scope, purpose, durationDays } = aRequest();
      const calls: { [A in RequestAction]: () => ReturnType<typeof post> } = {
        approve: decide,
        reject: decide,
        'request-changes': decide,
        withdraw: () => post(ANA, 'withdraw', {}),
        revise: () => post(ANA, 'revisions', { scope, purpose, durationDays }),
        comment: () => post(ANA, 'comments', { text: 'x' }),
      };
      const told = await mesh
        .as(action === 'withdraw' || action === 'revise' ? ANA : OMAR)
        .get(`/v1/requests/${made.id}`);
      const { status, body } = await calls[action]();
      // What is asked for or held is not asked for again.
      for (const table of ['access_requests', 'entitlements']) {
        await mesh.knex(table).update({ product_ref: `${made.id}:${table}` });
      }
      return {
        action,
        isTold: told.body.actions.includes(action),
        isRefused: status === 409,
        why: body.error?.message ?? '',
      };
    };

    it.each(states)(
      'are told and refused where it is %s by its table',
      async state => {
        for (const action of actions) {
          expect(await act(state, action)).toEqual(outcomeOf(state, action));
        }
      },
    );
  },
);
