import { aProduct } from '../testing';
import {
  picksOfScope,
  picksWithout,
  PortPicks,
  scopeOfPicks,
  shareableColumns,
} from './picks';

const [port] = aProduct().spec.outputPorts;
const columns = (...names: string[]): PortPicks => ({
  profiles: { mode: 'columns', columns: names },
});

describe('scopeOfPicks', () => {
  it.each<[string, PortPicks, unknown]>([
    ['nothing picked', {}, undefined],
    ['a table without columns', columns(), undefined],
    [
      'columns in the order of the schema, whatever the order of clicks',
      columns('segment', 'customer_id'),
      [{ table: 'profiles', columns: ['customer_id', 'segment'] }],
    ],
    [
      'the whole table, without a list of columns',
      { profiles: { mode: 'whole', columns: ['segment'] } },
      [{ table: 'profiles' }],
    ],
    [
      'rows where a condition holds',
      {
        profiles: { mode: 'whole', columns: [], rowFilter: " country = 'DE' " },
      },
      [{ table: 'profiles', rowFilter: "country = 'DE'" }],
    ],
    [
      'no row filter where it is blank',
      { profiles: { mode: 'whole', columns: [], rowFilter: '  ' } },
      [{ table: 'profiles' }],
    ],
    ['columns that the table does not have', columns('gone'), undefined],
    [
      'tables that the port does not have',
      { gone: { mode: 'whole', columns: [] } },
      undefined,
    ],
  ])('reads %s', (_, picks, tables) => {
    expect(scopeOfPicks(port, picks)).toEqual(
      tables ? { level: 'read', tables } : undefined,
    );
  });

  it('makes the same scope again from the picks of a scope', () => {
    const scope = {
      level: 'read' as const,
      tables: [{ table: 'profiles', columns: ['segment'], rowFilter: 'a = 1' }],
    };
    expect(scopeOfPicks(port, picksOfScope(scope))).toEqual(scope);
  });
});

describe('picksWithout', () => {
  it('leaves columns out', () => {
    expect(
      picksWithout(
        port,
        columns('customer_id', 'customer_email'),
        ['profiles.customer_email'],
        [],
      ),
    ).toEqual(columns('customer_id'));
  });

  it('turns a whole table into all its other columns', () => {
    expect(
      picksWithout(
        port,
        { profiles: { mode: 'whole', columns: [] } },
        ['customer_email'],
        ['segment'],
      ),
    ).toEqual(columns('customer_id', 'country'));
  });

  it('is impossible where nothing would be left', () => {
    expect(
      picksWithout(port, columns('customer_email'), ['customer_email'], []),
    ).toBeUndefined();
  });
});

describe('shareableColumns', () => {
  it.each([
    ['by column', ['customer_email']],
    ['by table and column', ['profiles.customer_email']],
  ])('leaves out what is never shared, named %s', (_, never) => {
    expect(shareableColumns(port.tables[0], never)).toEqual([
      'customer_id',
      'segment',
      'country',
    ]);
  });

  it('keeps a column that is never shared of another table', () => {
    expect(
      shareableColumns(port.tables[0], ['events.customer_email']),
    ).toContain('customer_email');
  });
});
