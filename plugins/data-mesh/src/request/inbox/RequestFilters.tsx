import { useRef } from 'react';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { DelayedTextField } from '../../components';
import { useT } from '../../useT';
import { STATE_FILTERS, StateFilter } from './requestsUrl';
import { useSlashFocus } from '../../components/list/useSlashFocus';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  state: { minWidth: 170 },
}));

/** Words and state to filter by. Typing waits a moment before it asks. */
export function RequestFilters(props: {
  text: string;
  state?: StateFilter;
  /** False where only open requests are listed anyway. */
  withState: boolean;
  onText: (text: string) => void;
  onState: (state?: StateFilter) => void;
  delayMs?: number;
}) {
  const { text, state, withState, onText, onState, delayMs } = props;
  const t = useT();
  const classes = useStyles();
  const input = useRef<HTMLInputElement>(null);
  useSlashFocus(input);
  return (
    <div className={classes.root}>
      <DelayedTextField
        label={t('requests.list.filter')}
        clearLabel={t('requests.list.clearFilter')}
        hint={t('requests.list.filterHint')}
        inputRef={input}
        text={text}
        onText={onText}
        delayMs={delayMs}
      />
      {withState && (
        <TextField
          id="data-mesh-request-state"
          className={classes.state}
          select
          size="small"
          variant="outlined"
          label={t('requests.list.state')}
          InputLabelProps={{ shrink: true }}
          SelectProps={{ displayEmpty: true }}
          value={state ?? ''}
          onChange={event =>
            onState(STATE_FILTERS.find(one => one === event.target.value))
          }
        >
          <MenuItem value="">{t('requests.list.anyState')}</MenuItem>
          {STATE_FILTERS.map(one => (
            <MenuItem key={one} value={one}>
              {one === 'open' ? t('requests.list.open') : t(`state.${one}`)}
            </MenuItem>
          ))}
        </TextField>
      )}
    </div>
  );
}
