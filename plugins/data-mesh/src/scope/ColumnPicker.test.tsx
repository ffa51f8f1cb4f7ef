import { fireEvent, screen } from '@testing-library/react';
import { renderInTestApp } from '@backstage/test-utils';
import { ColumnPicker, findColumns, VIRTUAL_FROM } from './ColumnPicker';

const columns = Array.from({ length: 5_000 }, (_, at) => ({
  name: `metric_${at}`,
  type: 'double',
  description: at === 4_321 ? 'Oil pressure' : undefined,
}));

describe('findColumns', () => {
  it.each([
    ['metric_4321', ['metric_4321']],
    ['PRESSURE oil', ['metric_4321']],
    ['nothing', []],
  ])('finds “%s” in name, type and description', (text, names) => {
    expect(findColumns(columns, text).map(column => column.name)).toEqual(
      names,
    );
  });
});

describe('ColumnPicker', () => {
  it('keeps only the visible of very many columns in the page, and finds any', async () => {
    const onChange = jest.fn();
    await renderInTestApp(
      <ColumnPicker
        table={{ name: 'readings', columns }}
        picked={[]}
        neverShared={[]}
        addsOf={() => []}
        onChange={onChange}
      />,
    );
    expect(screen.queryAllByRole('checkbox').length).toBeLessThan(VIRTUAL_FROM);
    fireEvent.change(screen.getByLabelText('Search columns'), {
      target: { value: 'pressure' },
    });
    fireEvent.click(screen.getByLabelText('metric_4321'));
    expect(onChange).toHaveBeenCalledWith(['metric_4321']);
  });

  it('selects all that may be asked for, in the order of the schema', async () => {
    const onChange = jest.fn();
    await renderInTestApp(
      <ColumnPicker
        table={{ name: 't', columns: columns.slice(0, 3) }}
        picked={['metric_2']}
        neverShared={['t.metric_1']}
        addsOf={() => []}
        onChange={onChange}
      />,
    );
    fireEvent.click(screen.getByText('Select all'));
    expect(onChange).toHaveBeenCalledWith(['metric_0', 'metric_2']);
  });
});
