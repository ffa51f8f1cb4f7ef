import { useState } from 'react';
import { fireEvent, screen } from '@testing-library/react';
import { renderInTestApp } from '@backstage/test-utils';
import { ReasonField } from './ReasonField';

function Form(props: { onSend: () => void }) {
  const [value, setValue] = useState('');
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        props.onSend();
      }}
    >
      <ReasonField
        id="why"
        label="Why"
        helperText="They read it"
        value={value}
        onChange={event => setValue(event.target.value)}
      />
      <button type="submit">Send</button>
    </form>
  );
}

describe('ReasonField', () => {
  it('keeps what is too long, says so, and sends nothing', async () => {
    const onSend = jest.fn();
    await renderInTestApp(<Form onSend={onSend} />);
    const field = screen.getByLabelText('Why') as HTMLTextAreaElement;
    expect(screen.getByText('They read it')).toBeVisible();

    fireEvent.change(field, { target: { value: 'x'.repeat(4_012) } });
    expect(field.value).toHaveLength(4_012);
    expect(screen.getByText('12 characters too long')).toBeVisible();
    expect(field.checkValidity()).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect(onSend).not.toHaveBeenCalled();

    fireEvent.change(field, { target: { value: 'x'.repeat(3_990) } });
    expect(screen.getByText('10 characters left')).toBeVisible();
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect(onSend).toHaveBeenCalledTimes(1);
  });
});
