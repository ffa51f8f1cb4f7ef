import type {
  PortFacts,
  TableAddress,
  TableHolder,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** What holds of a port that somebody wants to ask for. */
export interface PortStanding {
  requestable: boolean;
  /** Why it cannot be asked for, or whose turn it is. */
  why?: string;
  /** The strictest of what is published and what the catalog says. */
  facts?: PortFacts;
  /** While it waits who owns the product, neither the old nor the new decides. */
  contested?: boolean;
  /** Whether a person or a trusted location stands behind the facts. */
  vouched?: boolean;
}

/** A port, with the strictest of what is published of it. */
export interface PublishedFacts {
  productRef: string;
  port: string;
  /** Absent where nothing was ever accepted: then it protects nothing. */
  facts?: PortFacts;
  contested?: boolean;
  vouched?: boolean;
}

/** What is published. */
export interface Published {
  find(productRef: string, port: string): Promise<PortStanding>;
  all(): Promise<readonly PublishedFacts[]>;
}

/** Who answers for what, at one time. */
export interface HolderBook {
  holderOf(address: TableAddress): TableHolder | undefined;
  holderOfTag(tag: {
    system: string;
    catalogId: string;
    region?: string;
    key: string;
    values: readonly string[];
  }): TableHolder | undefined;
  domainOf(domainRef: string): { ownerRef?: string };
}

/** Who answers for what. */
export interface Holders {
  book(): Promise<HolderBook>;
}

/** What judging rests on beside the catalog. */
export interface JudgeSources {
  published: Published;
  holders: Holders;
  /** Full references of data governance. */
  governance: readonly string[];
}
