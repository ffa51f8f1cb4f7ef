import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { AccountConfig } from '../config';
import { glueName } from '../lake/PortLocation';
import { ObservedLink } from './ObservedPort';

// Athena takes letters, digits and underscores.
const slug = (text: string) =>
  glueName(text)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

/**
 * Names that a link may take, the most readable first. The last one nobody else
 * comes upon.
 */
export function linkNameCandidates(
  name: string,
  target: { catalogId: string; database: string },
  accounts: AccountConfig[],
): string[] {
  const [accountId, nested] = target.catalogId.split(':');
  const alias = accounts.find(one => one.accountId === accountId)?.alias;
  const suffix = slug(nested ?? alias ?? accountId.slice(-4));
  const hash = createHash('sha256')
    .update(JSON.stringify([target.catalogId, target.database, name]))
    .digest('hex')
    .slice(0, 8);
  return [
    ...new Set([
      name,
      `${name}_${suffix}`,
      `${name}_${accountId}`,
      `${name}_${hash}`,
    ]),
  ];
}

/**
 * The name of the link: of the one that leads to the target already, or else
 * the first that is free.
 *
 * @throws InputError where all of them are taken by something else
 */
export function chooseLinkName(
  candidates: string[],
  existing: ObservedLink[],
  where: string,
): { name: string; done: boolean } {
  const link = existing.find(one => one.isTarget);
  if (link) return { name: link.name, done: true };
  const taken = new Set(existing.map(one => one.name));
  const name = candidates.find(one => !taken.has(one));
  if (!name) {
    throw new InputError(
      `principals: ${where} has ${candidates.join(
        ', ',
      )}, and none of them is the resource link to the port; delete or rename one`,
    );
  }
  return { name, done: false };
}
