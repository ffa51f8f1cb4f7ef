import { cutInMiddle } from './cutInMiddle';

describe('cutInMiddle', () => {
  it.each([
    ['Customer 360', 'Customer 360'],
    [
      'Cross-channel sales pipeline of all regions, including partners and resellers',
      'Cross-channel sales … and resellers',
    ],
    ['x'.repeat(60), `${'x'.repeat(20)} … ${'x'.repeat(20)}`],
  ])('cuts %s', (text, cut) => {
    expect(cutInMiddle(text)).toBe(cut);
  });
});
