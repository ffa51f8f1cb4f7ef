import { ResponseError } from '@backstage/errors';
import type {
  AccessRequest,
  DataMeshApi,
  EntitlementDetail,
  NewDecision,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { StoryAct, StoryChapter } from './chapters';
import { playStory } from './playStory';

function aChapter(then: StoryAct[], id = 'orders'): StoryChapter {
  return {
    id,
    as: 'ana',
    request: {
      productRef: 'dataproduct:default/orders',
      port: 'daily',
      scope: { level: 'read', tables: [{ table: 'orders' }] },
      principals: ['arn:aws:iam::210987654321:role/analytics-role'],
      purpose: 'analytics',
      durationDays: 30,
    },
    then,
  };
}

/** A mesh with one request, which remembers what was done to it by whom. */
class FakeMesh {
  readonly done: string[] = [];
  readonly keys: Array<string | undefined> = [];
  /** What the API offers on the request. */
  actions: RequestDetail['actions'] = ['approve', 'reject', 'withdraw'];
  /** States that the entitlement shows, one a look; the last one stays. */
  entitlementStates: EntitlementDetail['state'][] = ['active'];
  refusal?: Error;

  as = async (userName: string): Promise<DataMeshApi> => {
    const api: Partial<DataMeshApi> = {
      createRequests: async (_request, options) => {
        if (this.refusal) throw this.refusal;
        this.keys.push(options?.idempotencyKey);
        return {
          groupId: 'g',
          items: [{ id: 'r1' } as AccessRequest],
        };
      },
      getRequest: async id =>
        ({
          id,
          version: 7,
          actions: this.actions,
          entitlementId: 'e1',
        } as RequestDetail),
      decideRequest: async (id, version, decision: NewDecision) => {
        this.done.push(
          `${userName} ${decision.decision} ${id} v${version} ${
            decision.comment ?? '-'
          }`,
        );
        return {} as RequestDetail;
      },
      withdrawRequest: async (id, version, reason) => {
        this.done.push(`${userName} withdraw ${id} v${version} ${reason}`);
        return {} as RequestDetail;
      },
      getEntitlement: async id => {
        const [state, ...later] = this.entitlementStates;
        if (later.length > 0) this.entitlementStates = later;
        return { id, version: 3, state } as EntitlementDetail;
      },
      revokeEntitlement: async (id, version, reason) => {
        this.done.push(`${userName} revoke ${id} v${version} ${reason}`);
        return {} as EntitlementDetail;
      },
    };
    return api as DataMeshApi;
  };
}

async function play(mesh: FakeMesh, chapters: StoryChapter[]) {
  const warnings: string[] = [];
  const failed = await playStory(chapters, {
    as: mesh.as,
    sleep: async () => {},
    log: { info: () => {}, warn: message => warnings.push(message) },
  });
  return { failed, warnings };
}

describe('playing the demo story', () => {
  it('makes each request with a key that stays the same', async () => {
    const mesh = new FakeMesh();

    await play(mesh, [aChapter([], 'one'), aChapter([], 'two')]);
    await play(mesh, [aChapter([], 'one')]);

    expect(mesh.keys).toEqual([
      'demo-story-one',
      'demo-story-two',
      'demo-story-one',
    ]);
  });

  it('lets people act in order, on the version that they see', async () => {
    const mesh = new FakeMesh();

    await play(mesh, [
      aChapter([
        { as: 'eva', act: 'approve' },
        { as: 'kim', act: 'approve', comment: 'Fine.' },
        { as: 'ana', act: 'withdraw', reason: 'Not needed.' },
      ]),
    ]);

    expect(mesh.done).toEqual([
      'eva approve r1 v7 -',
      'kim approve r1 v7 Fine.',
      'ana withdraw r1 v7 Not needed.',
    ]);
  });

  it('leaves out what the API does not offer, as after an earlier start', async () => {
    const mesh = new FakeMesh();
    mesh.actions = ['comment'];

    const { failed } = await play(mesh, [
      aChapter([{ as: 'eva', act: 'approve' }]),
    ]);

    expect(mesh.done).toEqual([]);
    expect(failed).toEqual([]);
  });

  it('revokes only once the access is in force', async () => {
    const mesh = new FakeMesh();
    mesh.entitlementStates = ['provisioning', 'provisioning', 'active'];

    await play(mesh, [
      aChapter([{ as: 'eva', act: 'revoke', reason: 'Over.' }]),
    ]);

    expect(mesh.done).toEqual(['eva revoke e1 v3 Over.']);
  });

  it.each(['failed', 'revoked', 'provisioning'] as const)(
    'does not revoke access that stays %s',
    async state => {
      const mesh = new FakeMesh();
      mesh.entitlementStates = [state];

      await play(mesh, [
        aChapter([{ as: 'eva', act: 'revoke', reason: 'Over.' }]),
      ]);

      expect(mesh.done).toEqual([]);
    },
  );

  it('goes on after a refusal and says the reason of the backend', async () => {
    const mesh = new FakeMesh();
    mesh.refusal = await ResponseError.fromResponse(
      new Response(
        JSON.stringify({
          error: { name: 'InputError', message: 'purpose: not allowed' },
          response: { statusCode: 400 },
        }),
        { status: 400, headers: { 'content-type': 'application/json' } },
      ),
    );

    const { failed, warnings } = await play(mesh, [
      aChapter([], 'one'),
      aChapter([], 'two'),
    ]);

    expect(failed).toEqual(['one', 'two']);
    expect(warnings[0]).toContain('one could not be played: purpose');
  });
});
