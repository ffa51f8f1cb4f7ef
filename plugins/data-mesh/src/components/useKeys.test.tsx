import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useKeys } from './useKeys';

function Page(props: {
  actions: Parameters<typeof useKeys>[0];
  dialog?: boolean;
}) {
  useKeys(props.actions);
  return (
    <>
      <input aria-label="text" />
      <input type="checkbox" aria-label="box" />
      <div role="listbox">
        <button>in a list</button>
      </div>
      {props.dialog && <div role="dialog" />}
    </>
  );
}

describe('useKeys', () => {
  it('hears letters where nothing is typed, and Ctrl everywhere', async () => {
    const j = jest.fn();
    const send = jest.fn();
    render(<Page actions={{ j, 'Ctrl+Enter': send }} />);
    await userEvent.keyboard('j');
    await userEvent.click(screen.getByLabelText('box'));
    await userEvent.keyboard('J');
    expect(j).toHaveBeenCalledTimes(2);
    await userEvent.type(
      screen.getByLabelText('text'),
      'jam{Control>}{Enter}{/Control}',
    );
    expect(screen.getByLabelText('text')).toHaveValue('jam');
    expect(j).toHaveBeenCalledTimes(2);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('leaves the keys to a list, a dialog, and the browser', async () => {
    const j = jest.fn();
    const { rerender } = render(<Page actions={{ j }} />);
    await userEvent.click(screen.getByText('in a list'));
    await userEvent.keyboard('j');
    await userEvent.click(document.body);
    await userEvent.keyboard('{Control>}j{/Control}{Alt>}j{/Alt}');
    rerender(<Page actions={{ j }} dialog />);
    await userEvent.keyboard('j');
    expect(j).not.toHaveBeenCalled();
  });
});
