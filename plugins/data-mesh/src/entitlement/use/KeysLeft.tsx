import { useEffect, useState } from 'react';
import { ToneChip } from '../../components';
import { useT } from '../../useT';

const MINUTE_MS = 60_000;

/** From here on the end is near. */
const NEAR_MINUTES = 5;

/** How many minutes keys still work. */
export function KeysLeft(props: { until: string }) {
  const t = useT();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS / 4);
    return () => clearInterval(timer);
  }, []);
  const minutes = Math.ceil((Date.parse(props.until) - now) / MINUTE_MS);
  if (minutes <= 0) {
    return <ToneChip tone="bad" label={t('usage.credentials.over')} />;
  }
  return (
    <ToneChip
      tone={minutes <= NEAR_MINUTES ? 'attention' : 'neutral'}
      label={t('usage.credentials.left', { count: minutes })}
    />
  );
}
