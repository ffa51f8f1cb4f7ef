import type { ProductTags } from '@lakemesh/backstage-plugin-data-mesh-common';
import CheckIcon from '@material-ui/icons/Check';
import WarningIcon from '@material-ui/icons/WarningOutlined';
import { ToneChip } from '../components';
import { useT } from '../useT';

/** How the LF-Tags of a product stand, in a word. */
export function TagsStateChip(props: { tags: ProductTags }) {
  const { findings, steps, errors } = props.tags;
  const t = useT();
  let words: string | undefined;
  if (findings.length > 0) {
    words = t('tags.state.differs', { count: findings.length });
  } else if (errors.length > 0) words = t('tags.state.unread');
  else if (steps.length > 0) words = t('tags.state.undefined');
  return words === undefined ? (
    <ToneChip
      tone="good"
      icon={<CheckIcon aria-hidden />}
      label={t('tags.state.inLine')}
    />
  ) : (
    <ToneChip
      tone="attention"
      icon={<WarningIcon aria-hidden />}
      label={words}
    />
  );
}
