import type { ProductTags } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { RelativeTime } from '../components';
import { useT } from '../useT';
import { TagsStateChip } from './TagsStateChip';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
  },
  quiet: { color: theme.palette.text.secondary },
}));

/** Whether the LF-Tags are as declared, and the way to them. */
export function TagsHint(props: { tags: ProductTags; path: string }) {
  const { tags, path } = props;
  const t = useT();
  const classes = useStyles();
  return (
    <span className={classes.root}>
      <Link to={path} title={t('tags.hint.see')}>
        <TagsStateChip tags={tags} />
      </Link>
      <span className={classes.quiet}>
        <RelativeTime value={tags.checkedAt} prefix={t('tags.seen')} />
      </span>
    </span>
  );
}
