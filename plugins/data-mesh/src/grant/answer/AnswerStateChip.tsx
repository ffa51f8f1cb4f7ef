import ErrorIcon from '@material-ui/icons/ErrorOutline';
import CheckIcon from '@material-ui/icons/Check';
import WarningIcon from '@material-ui/icons/WarningOutlined';
import { Tone, ToneChip } from '../../components';
import { useT } from '../../useT';
import type { AnswerState } from './answerStates';

const TONES: Record<AnswerState, Tone> = {
  unexplained: 'bad',
  'approved-and-more': 'bad',
  unrestricted: 'attention',
  entitlement: 'good',
  'before-us': 'neutral',
  adopted: 'neutral',
  tags: 'neutral',
  others: 'neutral',
  administrator: 'neutral',
};

const ICONS: { [tone in Tone]?: typeof CheckIcon } = {
  bad: ErrorIcon,
  attention: WarningIcon,
  good: CheckIcon,
};

/** Whether somebody approved what is held, in a word. */
export function AnswerStateChip(props: { state: AnswerState }) {
  const t = useT();
  const tone = TONES[props.state];
  const Icon = ICONS[tone];
  return (
    <ToneChip
      tone={tone}
      icon={Icon && <Icon aria-hidden />}
      label={t(`grants.ask.states.${props.state}`)}
    />
  );
}
