import { DateTime } from 'luxon';
import FormHelperText from '@material-ui/core/FormHelperText';
import { useMoment } from '../../../useMoment';
import { useT } from '../../../useT';
import { AboutAccess } from '../draft/formDraft';

const day = (value: DateTime) => value.toLocaleString(DateTime.DATE_MED);

/** Until when the access goes then, and until when it goes now. */
export function EndInstead(props: { about: AboutAccess; days?: number }) {
  const { about, days } = props;
  const t = useT();
  const momentOf = useMoment();
  const { expiresAt } = about.entitlement;
  if (!expiresAt) return null;
  const end = momentOf(expiresAt);
  if (about.kind === 'amend') {
    return (
      <FormHelperText>
        {t('requestForm.about.stillEnds', { when: day(end) })}
      </FormHelperText>
    );
  }
  return days ? (
    <FormHelperText role="status">
      {t('requestForm.about.until', {
        until: day(end.plus({ days })),
        from: day(end),
      })}
    </FormHelperText>
  ) : null;
}
