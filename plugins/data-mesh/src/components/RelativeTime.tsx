import { DateTime } from 'luxon';
import Tooltip from '@material-ui/core/Tooltip';

/** A moment in words from now, with the absolute time on hover. */
export function RelativeTime(props: { value: string; prefix?: string }) {
  const { value, prefix } = props;
  const time = DateTime.fromISO(value);
  if (!time.isValid) return <>{prefix ? `${prefix} ${value}` : value}</>;
  const words = time.toRelative() ?? value;
  return (
    <Tooltip title={time.toLocaleString(DateTime.DATETIME_FULL)}>
      <time dateTime={value}>{prefix ? `${prefix} ${words}` : words}</time>
    </Tooltip>
  );
}
