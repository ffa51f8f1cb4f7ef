import { DateTime } from 'luxon';
import FormHelperText from '@material-ui/core/FormHelperText';
import { useMoment } from '../../../useMoment';
import { useT } from '../../../useT';
import { AboutAccess } from '../draft/formDraft';

const day = (value: DateTime) => value.toLocaleString(DateTime.DATE_MED);

/** Until when a renewed access goes then, and until when it goes now. */
export function EndInstead(props: { about: AboutAccess; days?: number }) {
  const { about, days } = props;
  const t = useT();
  const momentOf = useMoment();
  const { expiresAt } = about.entitlement;
  if (!expiresAt) return null;
  const end = momentOf(expiresAt);
  return days ? (
    <FormHelperText role="status">
      {t('requestForm.about.until', {
        until: day(end.plus({ days })),
        from: day(end),
      })}
    </FormHelperText>
  ) : null;
}
