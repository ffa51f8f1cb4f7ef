import type { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import Router from 'express-promise-router';

/** A user as the sign-in page shows it. */
interface DemoUser {
  userRef: string;
  displayName: string;
  role?: string;
  groups: string[];
}

function displayName(entity: Entity): string {
  const profile = entity.spec?.profile;
  if (profile && typeof profile === 'object' && !Array.isArray(profile)) {
    if (typeof profile.displayName === 'string') return profile.displayName;
  }
  return entity.metadata.title ?? entity.metadata.name;
}

/** Users and groups of the catalog → the list of who may be signed in as. */
export function toDemoUsers(entities: Entity[]): DemoUser[] {
  const names = new Map(
    entities.map(entity => [stringifyEntityRef(entity), displayName(entity)]),
  );
  return entities
    .filter(entity => entity.kind === 'User')
    .map(entity => ({
      userRef: stringifyEntityRef(entity),
      displayName: displayName(entity),
      role: entity.metadata.description,
      groups: (entity.relations ?? [])
        .filter(relation => relation.type === RELATION_MEMBER_OF)
        .map(
          ({ targetRef }) =>
            names.get(targetRef) ?? parseEntityRef(targetRef).name,
        ),
    }))
    .sort((a, b) => a.displayName.localeCompare(b.displayName, 'en'));
}

/** `GET /demo-users`: who may be signed in as, without being signed in. */
export function createDemoUsersRouter(options: {
  auth: AuthService;
  catalog: CatalogService;
}) {
  const { auth, catalog } = options;
  const router = Router();
  router.get('/demo-users', async (_req, res) => {
    const { items } = await catalog.getEntities(
      {
        filter: { kind: ['User', 'Group'] },
        fields: ['kind', 'metadata', 'spec.profile', 'relations'],
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    res.json({ items: toDemoUsers(items) });
  });
  return router;
}
