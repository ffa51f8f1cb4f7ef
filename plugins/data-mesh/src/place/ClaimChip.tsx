import type { Claim } from '@lakemesh/backstage-plugin-data-mesh-common';
import BlockIcon from '@material-ui/icons/Block';
import CheckIcon from '@material-ui/icons/Check';
import EditIcon from '@material-ui/icons/EditOutlined';
import ScheduleIcon from '@material-ui/icons/Schedule';
import UndoIcon from '@material-ui/icons/Undo';
import { ToneChip } from '../components';
import type { Tone } from '../components';
import { useT } from '../useT';

const looks: Record<Claim['state'], { tone: Tone; Icon: typeof CheckIcon }> = {
  pending: { tone: 'waiting', Icon: ScheduleIcon },
  'changes-requested': { tone: 'attention', Icon: EditIcon },
  accepted: { tone: 'good', Icon: CheckIcon },
  rejected: { tone: 'bad', Icon: BlockIcon },
  withdrawn: { tone: 'neutral', Icon: UndoIcon },
};

/** The state of a claim. */
export function ClaimChip(props: {
  claim: Pick<Claim, 'state'>;
  label?: string;
}) {
  const { claim, label } = props;
  const t = useT();
  const { tone, Icon } = looks[claim.state];
  return (
    <ToneChip
      tone={tone}
      icon={<Icon aria-hidden />}
      label={label ?? t(`places.state.${claim.state}`)}
    />
  );
}
