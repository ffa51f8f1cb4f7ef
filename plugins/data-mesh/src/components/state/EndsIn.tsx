import { DateTime } from 'luxon';
import Tooltip from '@material-ui/core/Tooltip';
import ScheduleIcon from '@material-ui/icons/Schedule';
import WarningIcon from '@material-ui/icons/WarningOutlined';
import { makeStyles } from '@material-ui/core/styles';
import { useMoment } from '../../useMoment';
import { useT } from '../../useT';
import { relativeWords } from '../text/relativeWords';
import { ToneChip } from './ToneChip';
import { Tone } from './tones';

const useStyles = makeStyles(theme => ({
  calm: { color: theme.palette.text.secondary, whiteSpace: 'nowrap' },
}));

/** How urgent an end is: amber within 14 days, red within 3. */
export function toneOfEnd(value: string, now: DateTime): Tone {
  const days = DateTime.fromISO(value).diff(now, 'days').days;
  if (days < 0) return 'neutral';
  if (days <= 3) return 'bad';
  return days <= 14 ? 'attention' : 'good';
}

/** When something ends, in words, more visible the nearer it is. */
export function EndsIn(props: { value?: string }) {
  const { value } = props;
  const t = useT();
  const momentOf = useMoment();
  const classes = useStyles();
  if (!value) return <span className={classes.calm}>{t('time.noEnd')}</span>;
  const now = DateTime.now();
  const end = momentOf(value);
  const when = relativeWords(end, now) ?? t('time.justNow');
  const words =
    end < now ? t('time.ended', { when }) : t('time.ends', { when });
  const tone = toneOfEnd(value, now);
  const absolute = end.toLocaleString(DateTime.DATETIME_FULL);
  if (tone === 'bad' || tone === 'attention') {
    const Icon = tone === 'bad' ? WarningIcon : ScheduleIcon;
    return (
      <ToneChip
        tone={tone}
        icon={<Icon aria-hidden />}
        label={words}
        reason={absolute}
      />
    );
  }
  return (
    <Tooltip title={absolute}>
      <time className={classes.calm} dateTime={value}>
        {words}
      </time>
    </Tooltip>
  );
}
