import type { NameTrust, TrustedName } from '../names';
import type { PublishedPorts } from './PublishedPorts';

/**
 * Names that published facts trust. Requests are judged by them while the
 * catalog says otherwise already.
 */
export function publicationTrust(
  published: Pick<PublishedPorts, 'kept'>,
): NameTrust {
  return async refs => {
    const wanted = refs && new Set(refs);
    const names = new Map<string, TrustedName>();
    for (const port of await published.kept()) {
      const { productRef, productTitle: title, facts } = port;
      if (!facts) continue;
      for (const [role, ref] of [
        ['owner', facts.ownerRef],
        ['domain', facts.domainRef],
        ...facts.approvers.map(approver => ['approver', approver]),
      ]) {
        if (wanted && !wanted.has(ref)) continue;
        // Ports of a product mostly say the same.
        names.set(JSON.stringify([role, ref, productRef]), {
          ref,
          trust: {
            kind: 'publication',
            words: `${role} of ${title}, as published`,
            readableBy: { whoSees: productRef },
          },
        });
      }
    }
    return [...names.values()];
  };
}
