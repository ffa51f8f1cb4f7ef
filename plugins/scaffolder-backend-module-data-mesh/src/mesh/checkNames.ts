import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import type {
  NameTrustWords,
  NameVerdict,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { joinedBy } from './joinedBy';
import type { MeshApi } from './MeshApi';

type Mesh = Pick<MeshApi, 'findName'>;

/** @throws ServiceUnavailableError: what cannot be asked is not allowed */
async function verdictOn(ref: string, mesh: Mesh): Promise<NameVerdict> {
  try {
    return await mesh.findName(ref);
  } catch (cause) {
    throw new ServiceUnavailableError(
      `The data mesh backend did not say whether something trusts the name ${ref}, so it is not created. Is @lakemesh/backstage-plugin-data-mesh-backend installed, and are you signed in as a user?`,
      cause,
    );
  }
}

const told = (trustedBy: readonly NameTrustWords[]) =>
  trustedBy.map(({ words }) => words).join(', ');

/**
 * Refuses entities that would take over a name that something trusts already, or
 * put others behind it, unless the initiator is governance.
 *
 * @returns names that the new ones are easily taken for
 * @throws NotAllowedError, ServiceUnavailableError
 */
export async function checkNames(
  entities: readonly Entity[],
  mesh: Mesh,
): Promise<Array<{ ref: string; closeTo: string }>> {
  const close: Array<{ ref: string; closeTo: string }> = [];
  for (const entity of entities) {
    const ref = stringifyEntityRef(entity);
    const verdict = await verdictOn(ref, mesh);
    if (verdict.trustedBy.length > 0 && !verdict.mayJoin) {
      throw new NotAllowedError(
        `${ref} is trusted as ${told(
          verdict.trustedBy,
        )}: whoever has the name gets that power. Only governance creates it; choose another name or ask governance`,
      );
    }
    if (verdict.closeTo) close.push({ ref, closeTo: verdict.closeTo });
    for (const joined of joinedBy(entity)) {
      const { mayJoin, trustedBy } = await verdictOn(joined, mesh);
      if (!mayJoin) {
        throw new NotAllowedError(
          `${ref} would belong to ${joined}, which is ${
            trustedBy.length > 0
              ? `trusted as ${told(trustedBy)}`
              : 'part of a group that is trusted'
          }: its members would get that power. Only governance adds to it`,
        );
      }
    }
  }
  return close;
}

/**
 * What began to trust the names while they were published. Trusts that the
 * published domains bring themselves do not count.
 *
 * @throws ServiceUnavailableError
 */
export async function trustedMeanwhile(
  entities: readonly Entity[],
  mesh: Mesh,
): Promise<string[]> {
  const found: string[] = [];
  for (const entity of entities) {
    const ref = stringifyEntityRef(entity);
    const { trustedBy, mayJoin } = await verdictOn(ref, mesh);
    if (mayJoin) continue;
    const own = ownTrusts(ref, entities);
    const others = trustedBy.filter(trust => !own(trust));
    if (others.length > 0) found.push(`${ref} as ${told(others)}`);
  }
  return found;
}

function ownTrusts(ref: string, entities: readonly Entity[]) {
  const titles = entities
    .filter(({ kind, spec }) => kind === 'Domain' && spec?.owner === ref)
    .map(({ metadata }) => metadata.title ?? metadata.name);
  return ({ kind, words }: NameTrustWords) =>
    kind === 'domain' &&
    (titles.some(title => words === `owner of ${title}`) ||
      // Who may not see the domain only learns that there is one.
      (titles.length > 0 && words === '1 domain'));
}
