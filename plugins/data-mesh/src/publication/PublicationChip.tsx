import type { PublicationState } from '@lakemesh/backstage-plugin-data-mesh-common';
import CheckIcon from '@material-ui/icons/Check';
import EditIcon from '@material-ui/icons/EditOutlined';
import PauseIcon from '@material-ui/icons/Pause';
import ScheduleIcon from '@material-ui/icons/Schedule';
import { ToneChip } from '../components';
import type { Tone } from '../components';
import { useT } from '../useT';

const looks: Record<PublicationState, { tone: Tone; Icon: typeof CheckIcon }> =
  {
    unpublished: { tone: 'attention', Icon: ScheduleIcon },
    pending: { tone: 'attention', Icon: ScheduleIcon },
    published: { tone: 'good', Icon: CheckIcon },
    'change-pending': { tone: 'waiting', Icon: EditIcon },
    suspended: { tone: 'attention', Icon: PauseIcon },
  };

/** As requests and claims that wait for the reader. */
const MINE = { tone: 'waiting' as Tone, Icon: ScheduleIcon };

/** Whether a port is published, and whether something waits. */
export function PublicationChip(props: {
  state: PublicationState;
  /** That it waits for the reader, in place of the state. */
  label?: string;
  reason?: string;
}) {
  const { state, label, reason } = props;
  const t = useT();
  const { tone, Icon } = label ? MINE : looks[state];
  return (
    <ToneChip
      tone={tone}
      icon={<Icon aria-hidden />}
      label={label ?? t(`publications.state.${state}`)}
      reason={reason}
    />
  );
}
