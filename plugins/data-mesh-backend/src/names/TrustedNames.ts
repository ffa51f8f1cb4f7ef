import type { Entity } from '@backstage/catalog-model';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import { givesPower } from './refKinds';
import type { Identity } from './judgeIdentity';
import type { NameAnchors } from './NameAnchors';
import type { NameTrust, Trust } from './NameTrust';

/** A trusted name as it is now. */
export interface NameStanding {
  ref: string;
  trusts: readonly Trust[];
  /** Absent where the name dangles. */
  entity?: Entity;
  identity?: Identity;
}

/** Looks at all names that the mesh trusts and gives power by. */
export class TrustedNames {
  readonly #trust: NameTrust;
  readonly #catalog: Pick<MeshCatalog, 'entitiesOf'>;
  readonly #anchors: NameAnchors;

  constructor(options: {
    trust: NameTrust;
    catalog: Pick<MeshCatalog, 'entitiesOf'>;
    anchors: NameAnchors;
  }) {
    this.#trust = options.trust;
    this.#catalog = options.catalog;
    this.#anchors = options.anchors;
  }

  /** Each name with what trusts it and who stands behind it. */
  async list(): Promise<NameStanding[]> {
    const trusts = await this.#powers();
    const refs = [...trusts.keys()].sort();
    const entities = await this.#catalog.entitiesOf(refs);
    const identities = await this.#anchors.checkAll(entities);
    return refs.map(ref => ({
      ref,
      trusts: trusts.get(ref) ?? [],
      entity: entities.get(ref),
      identity: identities.get(ref),
    }));
  }

  /** Remembers who stands behind the names now. Done regularly. */
  async remember(): Promise<void> {
    const refs = [...(await this.#powers()).keys()];
    const entities = await this.#catalog.entitiesOf(refs);
    await this.#anchors.remember(refs, entities);
  }

  async #powers(): Promise<ReadonlyMap<string, Trust[]>> {
    const trusts = new Map<string, Trust[]>();
    for (const { ref, trust } of await this.#trust()) {
      if (!givesPower(ref)) continue;
      const known = trusts.get(ref);
      if (known) known.push(trust);
      else trusts.set(ref, [trust]);
    }
    return trusts;
  }
}
