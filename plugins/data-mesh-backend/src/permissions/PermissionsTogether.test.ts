import { mockCredentials } from '@backstage/backend-test-utils';
import type { PermissionsService } from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  auditReadPermission,
  placeClaimPermission,
  placeDecidePermission,
  requestReadPermission,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Looks } from '../looks';
import { PermissionsTogether } from './PermissionsTogether';

function asking() {
  const calls: string[][] = [];
  const answer = async (
    questions: Array<{ permission: { name: string } }>,
  ): Promise<
    Array<{ result: AuthorizeResult.ALLOW | AuthorizeResult.DENY }>
  > => {
    calls.push(questions.map(({ permission }) => permission.name));
    return questions.map(({ permission }) => ({
      result:
        permission.name === placeDecidePermission.name
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    }));
  };
  const policy: PermissionsService = {
    authorize: answer,
    authorizeConditional: answer,
  };
  const looks = new Looks();
  return { calls, looks, permissions: new PermissionsTogether(policy, looks) };
}

const ana = { credentials: mockCredentials.user('user:default/ana') };
const omar = { credentials: mockCredentials.user('user:default/omar') };

describe('permissions', () => {
  it('that are asked for together are one call, each answered for itself', async () => {
    const { calls, permissions } = asking();
    const answers = await Promise.all([
      permissions.authorize([{ permission: placeClaimPermission }], ana),
      permissions.authorize([{ permission: placeDecidePermission }], ana),
    ]);
    expect(answers.flat().map(({ result }) => result)).toEqual([
      'ALLOW',
      'DENY',
    ]);
    expect(calls).toEqual([
      [placeClaimPermission.name, placeDecidePermission.name],
    ]);
  });

  it('are asked for once within a look, and again in the next', async () => {
    const { calls, looks, permissions } = asking();
    const ask = async () => {
      await permissions.authorize([{ permission: auditReadPermission }], ana);
      await permissions.authorizeConditional(
        [{ permission: requestReadPermission }],
        ana,
      );
    };
    await looks.within(async () => {
      await ask();
      await ask();
    });
    expect(calls).toHaveLength(2);
    await looks.within(ask);
    expect(calls).toHaveLength(4);
    await ask();
    await ask();
    expect(calls).toHaveLength(8);
  });

  it('are never those of somebody else', async () => {
    const { calls, looks, permissions } = asking();
    await looks.within(async () => {
      await Promise.all([
        permissions.authorize([{ permission: auditReadPermission }], ana),
        permissions.authorize([{ permission: auditReadPermission }], omar),
      ]);
    });
    expect(calls).toHaveLength(2);
  });
});
