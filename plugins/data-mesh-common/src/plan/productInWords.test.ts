import { productInWords } from './productInWords';

describe('productInWords', () => {
  const titled = (productRef: string, productTitle = 'Orders') =>
    productInWords({ productRef, productTitle });

  it('is the title of a product in the namespace that most are in', () => {
    expect(titled('dataproduct:default/orders')).toBe('Orders');
  });

  it('tells products of one title in other namespaces apart', () => {
    expect(titled('dataproduct:emea/orders')).toBe('Orders (emea)');
    expect(titled('dataproduct:apac/orders')).toBe('Orders (apac)');
  });

  it('does not let a title turn the words beside it', () => {
    expect(titled('dataproduct:emea/orders', '\u202eOrders')).toBe(
      'Orders (emea)',
    );
    expect(titled('dataproduct:emea/orders', 'הזמנות')).toBe(
      '\u2068הזמנות\u2069 (emea)',
    );
  });
});
