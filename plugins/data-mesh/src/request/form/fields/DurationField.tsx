import { useState } from 'react';
import Button from '@material-ui/core/Button';
import ButtonGroup from '@material-ui/core/ButtonGroup';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { alpha } from '@material-ui/core/styles/colorManipulator';
import { parseWholeNumber } from '../../../components';
import { useT } from '../../../useT';
import { durationChoices, durationLimit } from './durations';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
  choice: { textTransform: 'none', minHeight: 32 },
  chosen: {
    fontWeight: 700,
    background: alpha(theme.palette.primary.main, 0.1),
  },
  days: { width: 96 },
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
  const button = (chosen: boolean) => ({
    className: `${classes.choice} ${chosen ? classes.chosen : ''}`,
    'aria-pressed': chosen,
    color: chosen ? ('primary' as const) : ('default' as const),
  });

  return (
    <div className={classes.root}>
      <ButtonGroup size="small" aria-label={t('requestForm.why.duration')}>
        {choices.map(choice => (
          <Button
            key={choice}
            {...button(!isCustom && choice === days)}
            onClick={() => {
              setCustom(false);
              setTyped(String(choice));
              onChange(choice);
            }}
          >
            {choice === 365
              ? t('requestForm.why.year')
              : t('requestForm.why.days', { count: choice })}
          </Button>
        ))}
        <Button {...button(isCustom)} onClick={() => setCustom(true)}>
          {t('requestForm.why.custom')}
        </Button>
      </ButtonGroup>
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
