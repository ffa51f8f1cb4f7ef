import { isolatedText } from '../model/visibleText';

const NAMESPACE = /^[^:/]+:([^:/]+)\//;

/**
 * A product in a list or a sentence: by its title, which another namespace may
 * have too, so a namespace besides `default` is told with it.
 *
 * @public
 */
export function productInWords(product: {
  productRef: string;
  productTitle: string;
}): string {
  const title = isolatedText(product.productTitle);
  const namespace = NAMESPACE.exec(product.productRef)?.[1] ?? 'default';
  return namespace.toLowerCase() === 'default'
    ? title
    : `${title} (${namespace})`;
}
