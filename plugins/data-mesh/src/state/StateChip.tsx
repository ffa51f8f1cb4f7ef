import type {
  EntitlementState,
  RequestState,
  StepState,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { DataProductLifecycle } from '@lakemesh/backstage-plugin-data-mesh-common';
import BlockIcon from '@material-ui/icons/Block';
import CheckIcon from '@material-ui/icons/Check';
import EditIcon from '@material-ui/icons/EditOutlined';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import HistoryIcon from '@material-ui/icons/History';
import PauseIcon from '@material-ui/icons/Pause';
import RadioIcon from '@material-ui/icons/RadioButtonUnchecked';
import ScheduleIcon from '@material-ui/icons/Schedule';
import SyncIcon from '@material-ui/icons/Sync';
import UndoIcon from '@material-ui/icons/Undo';
import WarningIcon from '@material-ui/icons/WarningOutlined';
import { useT } from '../useT';
import { ToneChip } from '../components/state/ToneChip';
import { Tone } from '../components/state/tones';

/** All states the chip has a word for. */
export type ChipState =
  | RequestState
  | EntitlementState
  | StepState
  | DataProductLifecycle
  | 'none';

type Look = { tone: Tone; Icon: typeof CheckIcon };

const looks: Record<ChipState, Look> = {
  none: { tone: 'neutral', Icon: RadioIcon },
  pending: { tone: 'waiting', Icon: ScheduleIcon },
  'changes-requested': { tone: 'attention', Icon: EditIcon },
  approved: { tone: 'good', Icon: CheckIcon },
  rejected: { tone: 'bad', Icon: BlockIcon },
  withdrawn: { tone: 'neutral', Icon: UndoIcon },
  lapsed: { tone: 'neutral', Icon: HistoryIcon },
  provisioning: { tone: 'waiting', Icon: SyncIcon },
  active: { tone: 'good', Icon: CheckIcon },
  suspended: { tone: 'attention', Icon: PauseIcon },
  revoking: { tone: 'attention', Icon: SyncIcon },
  revoked: { tone: 'neutral', Icon: BlockIcon },
  expired: { tone: 'neutral', Icon: HistoryIcon },
  failed: { tone: 'bad', Icon: ErrorIcon },
  running: { tone: 'waiting', Icon: SyncIcon },
  waiting: { tone: 'attention', Icon: PauseIcon },
  done: { tone: 'good', Icon: CheckIcon },
  undone: { tone: 'neutral', Icon: UndoIcon },
  skipped: { tone: 'neutral', Icon: RadioIcon },
  proposed: { tone: 'neutral', Icon: RadioIcon },
  draft: { tone: 'neutral', Icon: EditIcon },
  deprecated: { tone: 'attention', Icon: WarningIcon },
  retired: { tone: 'neutral', Icon: HistoryIcon },
};

function isKnown(state: string): state is ChipState {
  return Object.hasOwn(looks, state);
}

/**
 * The one way to show a state: an icon, a word and a colour. States that are
 * not known here (a newer backend) keep their own name on grey.
 */
export function StateChip(props: {
  state: ChipState | (string & {});
  /** Another word, like `Waiting for you, as owner`. */
  label?: string;
  /** Why it is so; shown on hover and focus. */
  reason?: string;
  /** `pending` of a step is not started, of a request it waits for a person. */
  of?: 'step';
}) {
  const { state, label, reason, of } = props;
  const t = useT();
  if (!isKnown(state)) {
    return <ToneChip tone="neutral" label={label ?? state} reason={reason} />;
  }
  if (of === 'step' && state === 'pending') {
    return (
      <ToneChip
        tone="neutral"
        icon={<RadioIcon aria-hidden />}
        label={label ?? t('state.notStarted')}
        reason={reason}
      />
    );
  }
  const { tone, Icon } = looks[state];
  return (
    <ToneChip
      tone={tone}
      icon={<Icon aria-hidden />}
      label={label ?? t(`state.${state}`)}
      reason={reason}
    />
  );
}
