import { isFromTrustedLocation } from '../config/trustedLocations';
import { AnnotationPrincipalResolver } from '../principals/AnnotationPrincipalResolver';
import { PrincipalDirectory } from '../principals/PrincipalDirectory';
import type { Foundation } from './composeFoundation';
import type { MeshEnvironment } from './MeshEnvironment';

/** Who may act as which principal: by annotations, where nobody else says. */
export function composePrincipals(
  foundation: Foundation,
  { resolvers, provisioners }: MeshEnvironment,
): PrincipalDirectory {
  const { catalog, people, aliases, trustedLocations, logger } = foundation;
  if (resolvers.length > 0) {
    // Who brings a resolver answers for it.
    return new PrincipalDirectory({
      resolvers: [...resolvers],
      people,
      provisioners,
      aliases,
    });
  }
  return new PrincipalDirectory({
    resolvers: [
      new AnnotationPrincipalResolver(catalog, {
        read: id => provisioners.readPrincipal(id),
        logger,
      }),
    ],
    people,
    provisioners,
    aliases,
    vouching: async vias => {
      const entities = await catalog.entitiesOf(vias);
      return vias.filter(via => {
        const entity = entities.get(via);
        return entity && isFromTrustedLocation(trustedLocations, entity);
      });
    },
  });
}
