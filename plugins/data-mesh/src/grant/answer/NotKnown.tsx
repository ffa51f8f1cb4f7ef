import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import WarningIcon from '@material-ui/icons/WarningOutlined';
import { makeStyles } from '@material-ui/core/styles';
import { DateTime } from 'luxon';
import { toneColors } from '../../components';
import { useMoment } from '../../useMoment';
import { useT } from '../../useT';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', gap: theme.spacing(1.5), padding: theme.spacing(2) },
  icon: { color: toneColors(theme, 'attention').color, flexShrink: 0 },
  actions: { marginTop: theme.spacing(1.5) },
}));

/** Says that nobody knows who held what then, and of which day it is known. */
export function NotKnown(props: {
  knownSince?: string;
  onAsk: (at: string | undefined) => void;
}) {
  const { knownSince, onAsk } = props;
  const t = useT();
  const classes = useStyles();
  const momentOf = useMoment();
  const first = knownSince === undefined ? undefined : momentOf(knownSince);
  const isToday = first?.hasSame(DateTime.local(), 'day') ?? false;
  return (
    <div className={classes.root} role="status">
      <WarningIcon aria-hidden className={classes.icon} />
      <div>
        <Typography variant="h6" component="h2">
          {first
            ? t('grants.ask.notKnownBefore', {
                when: first.toLocaleString(DateTime.DATETIME_MED),
              })
            : t('grants.ask.neverKnown')}
        </Typography>
        <Typography variant="body2">{t('grants.ask.notKnownWords')}</Typography>
        {first && (
          <Button
            className={classes.actions}
            variant="outlined"
            onClick={() =>
              onAsk(isToday ? undefined : first.toISODate() ?? undefined)
            }
          >
            {isToday
              ? t('grants.ask.askNow')
              : t('grants.ask.askFor', {
                  day: first.toLocaleString(DateTime.DATE_MED),
                })}
          </Button>
        )}
      </div>
    </div>
  );
}
