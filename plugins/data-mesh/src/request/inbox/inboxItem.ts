import { productInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  AccessRequest,
  Claim,
  Publication,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** What is decided in the inbox: access, who holds a place, a product's change. */
export type InboxItem =
  | { kind: 'request'; id: string; since: string; request: AccessRequest }
  | { kind: 'claim'; id: string; since: string; claim: Claim }
  | {
      kind: 'publication';
      id: string;
      since: string;
      publication: Publication;
    };

/** The kind of an item and its own id, from the id in the list and the URL. */
export function readItemId(id: string): {
  kind: InboxItem['kind'];
  id: string;
} {
  const match = /^(claim|publication):(.+)$/.exec(id);
  return match
    ? { kind: match[1] as 'claim' | 'publication', id: match[2] }
    : { kind: 'request', id };
}

/** A request in the inbox. */
export function requestItem(request: AccessRequest): InboxItem {
  return {
    kind: 'request',
    id: request.id,
    since: request.createdAt,
    request,
  };
}

/** A claim in the inbox. */
export function claimItem(claim: Claim): InboxItem {
  return {
    kind: 'claim',
    id: `claim:${claim.id}`,
    since: claim.createdAt,
    claim,
  };
}

/** A product's change in the inbox. */
export function publicationItem(publication: Publication): InboxItem {
  return {
    kind: 'publication',
    id: `publication:${publication.id}`,
    since: publication.waitsFor?.since ?? publication.updatedAt,
    publication,
  };
}

/** The words that an item is found by, beside a request's own search. */
export function wordsOfItem(item: InboxItem): string {
  switch (item.kind) {
    case 'claim':
      return [item.claim.domainRef, item.claim.words, item.claim.requesterRef]
        .join(' ')
        .toLowerCase();
    case 'publication':
      return [
        productInWords(item.publication),
        item.publication.portTitle,
        item.publication.ownerRef ?? '',
      ]
        .join(' ')
        .toLowerCase();
    default:
      return '';
  }
}
