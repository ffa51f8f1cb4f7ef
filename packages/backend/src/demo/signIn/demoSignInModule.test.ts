import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { demoSignInModule } from './demoSignInModule';

const ana: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'ana.ruiz', description: 'Data analyst' },
  spec: { profile: { displayName: 'Ana Ruiz' }, memberOf: ['team-analytics'] },
  relations: [
    { type: 'memberOf', targetRef: 'group:default/team-analytics' },
    { type: 'memberOf', targetRef: 'group:default/gone' },
  ],
};
const teamAnalytics: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'team-analytics' },
  spec: { type: 'team', profile: { displayName: 'Team Analytics' } },
};

async function startAuth() {
  const { server } = await startTestBackend({
    features: [
      authPlugin,
      demoSignInModule,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost' },
          backend: { baseUrl: 'http://localhost' },
          auth: { providers: { demo: {} } },
        },
      }),
      catalogServiceMock.factory({ entities: [ana, teamAnalytics] }),
    ],
  });
  return request(server);
}

describe('demo sign-in', () => {
  const before = process.env.NODE_ENV;
  function runsWith(nodeEnv: string) {
    Object.defineProperty(process.env, 'NODE_ENV', {
      value: nodeEnv,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
  afterEach(() => runsWith(before ?? 'test'));

  describe('in development', () => {
    beforeEach(() => runsWith('development'));

    it('lists the users with what they do and where they belong', async () => {
      const api = await startAuth();

      const response = await api.get('/api/auth/demo-users');

      expect(response.status).toBe(200);
      expect(response.body.items).toEqual([
        {
          userRef: 'user:default/ana.ruiz',
          displayName: 'Ana Ruiz',
          role: 'Data analyst',
          groups: ['Team Analytics', 'gone'],
        },
      ]);
    });

    it('signs in as a user of the catalog', async () => {
      const api = await startAuth();

      const response = await api
        .get('/api/auth/demo/refresh')
        .set('x-demo-user', 'user:default/ana.ruiz')
        .set('x-requested-with', 'XMLHttpRequest');

      expect(response.status).toBe(200);
      expect(response.body.backstageIdentity.identity.userEntityRef).toBe(
        'user:default/ana.ruiz',
      );
    });

    it.each([
      ['nobody', undefined],
      ['a group', 'group:default/team-analytics'],
      ['a stranger', 'user:default/mallory'],
    ])('refuses to sign in as %s', async (_who, userRef) => {
      const api = await startAuth();

      const call = api
        .get('/api/auth/demo/refresh')
        .set('x-requested-with', 'XMLHttpRequest');
      const response = await (userRef
        ? call.set('x-demo-user', userRef)
        : call);

      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
      expect(response.body.backstageIdentity).toBeUndefined();
    });
  });

  it.each(['production', 'test', ''])(
    'does not exist with NODE_ENV=%p',
    async nodeEnv => {
      runsWith(nodeEnv);
      const api = await startAuth();

      const list = await api.get('/api/auth/demo-users');
      const signIn = await api
        .get('/api/auth/demo/refresh')
        .set('x-demo-user', 'user:default/ana.ruiz')
        .set('x-requested-with', 'XMLHttpRequest');

      expect(list.status).toBe(404);
      expect(list.body.items).toBeUndefined();
      expect(signIn.status).toBe(404);
      expect(signIn.body.backstageIdentity).toBeUndefined();
    },
  );
});
