import type { MeshCatalog } from '../catalog/MeshCatalog';
import type { NameTrust, TrustedName } from './NameTrust';

/** Names that data products and domains in the catalog trust. */
export function catalogTrust(
  catalog: Pick<MeshCatalog, 'references'>,
): NameTrust {
  return async refs => {
    const wanted = refs && new Set(refs);
    const names: TrustedName[] = [];
    for await (const { kind, from, title, role, ref } of catalog.references()) {
      if (wanted && !wanted.has(ref)) continue;
      names.push({
        ref,
        trust: {
          kind,
          words: `${role} of ${title}`,
          readableBy: { whoSees: from },
        },
      });
    }
    return names;
  };
}
