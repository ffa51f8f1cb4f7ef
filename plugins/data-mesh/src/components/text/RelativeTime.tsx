import { DateTime } from 'luxon';
import Tooltip from '@material-ui/core/Tooltip';
import { useMoment } from '../../useMoment';
import { useT } from '../../useT';
import { relativeWords } from './relativeWords';

/** A moment in words from now, with the absolute time on hover. */
export function RelativeTime(props: { value: string; prefix?: string }) {
  const { value, prefix } = props;
  const t = useT();
  const momentOf = useMoment();
  const time = momentOf(value);
  if (!time.isValid) return <>{prefix ? `${prefix} ${value}` : value}</>;
  const words = relativeWords(time) ?? t('time.justNow');
  return (
    <Tooltip title={time.toLocaleString(DateTime.DATETIME_FULL)}>
      <time dateTime={value}>{prefix ? `${prefix} ${words}` : words}</time>
    </Tooltip>
  );
}
