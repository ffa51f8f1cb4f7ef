import type { EntitlementDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import CheckIcon from '@material-ui/icons/Check';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import HelpIcon from '@material-ui/icons/HelpOutline';
import { Tone, ToneChip } from '../components';
import { useMoment } from '../useMoment';
import { useT } from '../useT';

const LOOKS: Record<
  NonNullable<EntitlementDetail['readiness']>['ready'],
  { tone: Tone; Icon: typeof CheckIcon }
> = {
  yes: { tone: 'good', Icon: CheckIcon },
  no: { tone: 'bad', Icon: ErrorIcon },
  unknown: { tone: 'neutral', Icon: HelpIcon },
};

/** Whether the principal can really query, as the last check found. */
export function ReadinessChip(props: {
  entitlement: Pick<EntitlementDetail, 'state' | 'readiness'>;
}) {
  const { state, readiness } = props.entitlement;
  const t = useT();
  const momentOf = useMoment();
  if (state !== 'active' || !readiness) return null;
  const { ready, checks, checkedAt } = readiness;
  const { tone, Icon } = LOOKS[ready];
  const failed = checks.find(check => check.state === 'failed');
  return (
    <ToneChip
      tone={tone}
      icon={<Icon aria-hidden />}
      label={
        ready === 'no' && failed
          ? t('access.ready.noBecause', { check: failed.title })
          : t(`access.ready.${ready}`)
      }
      reason={[
        failed?.words,
        t('access.ready.checked', {
          when: momentOf(checkedAt).toRelative() ?? '',
        }),
      ]
        .filter(Boolean)
        .join(' · ')}
    />
  );
}
