import { useT } from '../useT';
import { ToneChip } from '../components/state/ToneChip';

/** Marks a column that holds personal data. */
export function PiiMark() {
  const t = useT();
  return (
    <ToneChip
      tone="attention"
      label={t('scope.pii')}
      reason={t('scope.piiHint')}
    />
  );
}
