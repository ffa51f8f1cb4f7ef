import { useState } from 'react';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { parseWholeNumber } from '../../../components';
import { useT } from '../../../useT';
import { durationChoices, durationLimit } from './durations';

const CUSTOM = 'custom';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', gap: theme.spacing(1), flexWrap: 'wrap' },
  choice: { minWidth: 190 },
  days: { width: 110 },
}));

/** How long: usual durations within the limit, or another number of days. */
export function DurationField(props: {
  days?: number;
  limit: ReturnType<typeof durationLimit>;
  error: boolean;
  onChange: (days?: number) => void;
}) {
  const { days, limit, error, onChange } = props;
  const t = useT();
  const classes = useStyles();
  const choices = durationChoices(limit.days);
  const [custom, setCustom] = useState(
    days === undefined || !choices.includes(days),
  );
  const [typed, setTyped] = useState(days === undefined ? '' : String(days));
  // A choice from outside, like the narrowing of a draft, shows as itself.
  const isCustom = custom || days === undefined || !choices.includes(days);
  const shown = parseWholeNumber(typed) === days ? typed : String(days ?? '');

  return (
    <div className={classes.root}>
      <TextField
        id="data-mesh-duration"
        className={classes.choice}
        select
        size="small"
        variant="outlined"
        label={t('requestForm.why.duration')}
        error={error}
        value={isCustom ? CUSTOM : String(days)}
        onChange={event => {
          const value = event.target.value;
          setCustom(value === CUSTOM);
          if (value !== CUSTOM) {
            setTyped(value);
            onChange(Number(value));
          }
        }}
      >
        {choices.map(choice => (
          <MenuItem key={choice} value={String(choice)}>
            {choice === 365
              ? t('requestForm.why.year')
              : t('requestForm.why.days', { count: choice })}
          </MenuItem>
        ))}
        <MenuItem value={CUSTOM}>{t('requestForm.why.custom')}</MenuItem>
      </TextField>
      {isCustom && (
        <TextField
          id="data-mesh-duration-days"
          className={classes.days}
          size="small"
          variant="outlined"
          label={t('requestForm.why.customDays')}
          value={days === undefined ? typed : shown}
          error={error}
          inputProps={{ inputMode: 'numeric', maxLength: 5 }}
          onChange={event => {
            setTyped(event.target.value);
            onChange(parseWholeNumber(event.target.value));
          }}
          onKeyDown={event => {
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
      )}
    </div>
  );
}
