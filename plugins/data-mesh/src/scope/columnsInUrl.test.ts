import { aProduct } from '../testing';
import {
  addPicks,
  countPicked,
  PickedColumns,
  readColumns,
  writeColumns,
} from './columnsInUrl';

const { outputPorts: ports } = aProduct().spec;

function there(picked: PickedColumns, never: string[] = [], of = ports) {
  const params = new URLSearchParams('tab=schema');
  writeColumns(params, picked, of, never);
  // As the browser has it after a reload.
  return new URLSearchParams(params.toString());
}

describe('ticked columns in the address', () => {
  it('come back for all tables of all ports', () => {
    const picked = {
      profiles: { profiles: ['customer_id', 'country'] },
      events: { profile_changes: ['changed_at'] },
    };
    const params = there(picked);
    expect(params.get('tab')).toBe('schema');
    expect(readColumns(params, ports, [])).toEqual(picked);
    expect(countPicked(picked, 'profiles')).toBe(2);
    expect(countPicked(picked, 'gone')).toBe(0);
  });

  it('come back whatever letters their names have', () => {
    const odd = aProduct().spec.outputPorts.slice(0, 1);
    odd[0].tables[0].name = 'a/b,c';
    odd[0].tables[0].columns = [':x', 'a,b', 'ü/%'].map(name => ({
      name,
      type: 'int',
    }));
    const picked = { profiles: { 'a/b,c': [':x', 'ü/%'] } };
    expect(readColumns(there(picked, [], odd), odd, [])).toEqual(picked);
  });

  it('fit into an address though they are thousands', () => {
    const wide = aProduct().spec.outputPorts.slice(0, 1);
    wide[0].tables[0].columns = Array.from({ length: 5_000 }, (_, at) => ({
      name: `metric_${at}`,
      type: 'double',
    }));
    const all = wide[0].tables[0].columns.map(({ name }) => name);
    const picked = { profiles: { profiles: all.slice(3) } };
    const params = there(picked, [], wide);
    expect(params.toString().length).toBeLessThan(200);
    expect(readColumns(params, wide, [])).toEqual(picked);
  });

  it('are only those that the product has and shares', () => {
    const params = there({ profiles: { profiles: ['segment', 'country'] } });
    expect(readColumns(params, ports, ['segment'])).toEqual({
      profiles: { profiles: ['country'] },
    });
    expect(readColumns(params, ports, ['segment', 'country'])).toEqual({});
    const typed = new URLSearchParams([
      ['columns', 'profiles'],
      ['columns', 'gone/profiles/segment'],
      ['columns', 'profiles/profiles/%E0%A4,segment'],
    ]);
    expect(readColumns(typed, ports, [])).toEqual({
      profiles: { profiles: ['segment'] },
    });
  });

  it('are added to what a form holds; a whole table stays whole', () => {
    expect(
      addPicks(
        {
          a: { mode: 'columns', columns: ['x'], rowFilter: 'x = 1' },
          b: { mode: 'whole', columns: [] },
        },
        { a: ['x', 'y'], b: ['z'], c: ['z'] },
      ),
    ).toEqual({
      a: { mode: 'columns', columns: ['x', 'y'], rowFilter: 'x = 1' },
      b: { mode: 'whole', columns: [] },
      c: { mode: 'columns', columns: ['z'] },
    });
  });
});
