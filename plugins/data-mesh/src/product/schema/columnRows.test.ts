import { aProduct } from '../../testing';
import {
  choosePort,
  chooseTable,
  filterColumns,
  isNeverShared,
} from './columnRows';

const product = aProduct({
  spec: { access: { neverShared: ['segment', 'profiles.country'] } },
});
const ports = product.spec.outputPorts;

describe('what the schema shows', () => {
  it('is the port and table of the address', () => {
    const port = choosePort(ports, 'events');
    expect(port?.name).toBe('events');
    expect(chooseTable(port, 'profile_changes')?.name).toBe('profile_changes');
  });

  it('is the first where the address names none that is there', () => {
    expect(choosePort(ports, 'gone')?.name).toBe('profiles');
    expect(chooseTable(ports[0], null)?.name).toBe('profiles');
    expect(choosePort([], null)).toBeUndefined();
    expect(chooseTable(undefined, null)).toBeUndefined();
  });

  it.each([
    ['', ['customer_id', 'segment', 'customer_email', 'country']],
    ['customer', ['customer_id', 'customer_email']],
    ['CUSTOMER string', ['customer_email']],
    ['pii', ['customer_email']],
    ['lifetime', ['segment']],
    ['iso', ['country']],
    ['zebra', []],
  ])('are the columns that "%s" finds', (search, names) => {
    const { columns } = ports[0].tables[0];
    expect(filterColumns(columns, search).map(c => c.name)).toEqual(names);
  });

  it('tells what is never shared, by column or by table and column', () => {
    expect(isNeverShared(product, 'profiles', 'segment')).toBe(true);
    expect(isNeverShared(product, 'profiles', 'country')).toBe(true);
    expect(isNeverShared(product, 'stores', 'country')).toBe(false);
  });
});
