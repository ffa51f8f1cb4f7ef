import { DateTime } from 'luxon';
import Tooltip from '@material-ui/core/Tooltip';
import { useMoment } from '../../useMoment';
import { useT } from '../../useT';
import { ToneChip } from './ToneChip';
import { waitedFor } from './waitedFor';

/** How long something has waited, redder the longer. */
export function AgeChip(props: { since: string }) {
  const { since } = props;
  const t = useT();
  const momentOf = useMoment();
  const { unit, value, tone } = waitedFor(since, Date.now());
  const label =
    unit === 'days'
      ? t('requests.age.days', { count: value })
      : t(`requests.age.${unit}`, { value: String(value) });
  return (
    <Tooltip title={momentOf(since).toLocaleString(DateTime.DATETIME_FULL)}>
      <span>
        <ToneChip tone={tone} label={label} />
      </span>
    </Tooltip>
  );
}
