import type { TagStanding } from '@lakemesh/backstage-plugin-data-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { FreeText } from '../../components';
import { TagChips } from '../../tag/TagChips';
import { useT } from '../../useT';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0, 1.5),
    height: 24,
    marginBottom: theme.spacing(0.5),
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
    color: theme.palette.text.secondary,
    whiteSpace: 'nowrap',
  },
  words: { flex: '0 1 auto', overflow: 'hidden', textOverflow: 'ellipsis' },
  tags: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    flex: '0 100 auto',
    minWidth: 0,
    overflow: 'hidden',
  },
  count: { marginLeft: 'auto' },
}));

/** What goes for the whole table, in one line. */
export function TableWords(props: {
  description?: string;
  /** What all columns inherit. */
  tags: readonly TagStanding[];
  shown: number;
  total: number;
}) {
  const { description, tags, shown, total } = props;
  const t = useT();
  const classes = useStyles();
  return (
    <div className={classes.root}>
      {description && (
        <span className={classes.words} title={description}>
          <FreeText>{description}</FreeText>
        </span>
      )}
      {tags.length > 0 && (
        <span className={classes.tags}>
          {t('product.schema.allColumns')}
          <TagChips tags={[...tags]} />
        </span>
      )}
      <span className={classes.count} role="status">
        {shown === total
          ? t('product.schema.count', { count: total })
          : t('product.schema.countOf', {
              shown: String(shown),
              total: String(total),
            })}
      </span>
    </div>
  );
}
