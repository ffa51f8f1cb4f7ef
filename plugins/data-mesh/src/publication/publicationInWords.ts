import {
  isolatedText,
  productInWords,
  type Publication,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** `Orders · Daily extract`; a port that is called like its product, once. */
export function publicationInWords(
  publication: Pick<Publication, 'productRef' | 'productTitle' | 'portTitle'>,
): string {
  const { productTitle, portTitle } = publication;
  const product = productInWords(publication);
  return portTitle === productTitle
    ? product
    : `${product} · ${isolatedText(portTitle)}`;
}
