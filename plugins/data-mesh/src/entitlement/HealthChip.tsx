import type { Entitlement } from '@lakemesh/backstage-plugin-data-mesh-common';
import CheckIcon from '@material-ui/icons/Check';
import HelpIcon from '@material-ui/icons/HelpOutline';
import WarningIcon from '@material-ui/icons/WarningOutlined';
import { Tone, ToneChip } from '../components';
import { useT } from '../useT';

const LOOKS: Record<
  Entitlement['health'],
  { tone: Tone; Icon: typeof CheckIcon }
> = {
  ok: { tone: 'good', Icon: CheckIcon },
  degraded: { tone: 'attention', Icon: WarningIcon },
  excess: { tone: 'attention', Icon: WarningIcon },
  unknown: { tone: 'neutral', Icon: HelpIcon },
};

/** Whether the system holds what was approved, as the last look saw it. */
export function HealthChip(props: { entitlement: Entitlement }) {
  const { state, health, healthReason } = props.entitlement;
  const t = useT();
  if (state !== 'active') return null;
  const { tone, Icon } = LOOKS[health];
  return (
    <ToneChip
      tone={tone}
      icon={<Icon aria-hidden />}
      label={t(`access.health.chip.${health}`)}
      reason={healthReason ?? t(`access.health.reason.${health}`)}
    />
  );
}
