import type { MeshCatalog } from '../catalog/MeshCatalog';
import type { NameTrust, TrustedName } from './NameTrust';

/** Names that data products and domains in the catalog trust. */
export class CatalogTrust implements NameTrust {
  readonly #catalog: Pick<MeshCatalog, 'references'>;

  constructor(catalog: Pick<MeshCatalog, 'references'>) {
    this.#catalog = catalog;
  }

  async trusted(refs?: readonly string[]): Promise<readonly TrustedName[]> {
    const wanted = refs && new Set(refs);
    const names: TrustedName[] = [];
    for await (const {
      kind,
      from,
      title,
      role,
      ref,
    } of this.#catalog.references()) {
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
  }
}
