import PersonIcon from '@material-ui/icons/PersonOutline';
import { useT } from '../useT';
import { ToneChip } from '../components/state/ToneChip';

/** Marks a column that holds personal data. */
export function PiiMark() {
  const t = useT();
  return (
    <ToneChip
      tone="attention"
      icon={<PersonIcon aria-hidden />}
      label={t('scope.pii')}
    />
  );
}
