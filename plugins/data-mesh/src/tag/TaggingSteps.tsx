import type { Tagging } from '@lakemesh/backstage-plugin-data-mesh-common';
import { accountInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import CheckIcon from '@material-ui/icons/Check';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords, toneColors } from '../components';
import { useT } from '../useT';

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    fontSize: theme.typography.body2.fontSize,
    lineHeight: 1.6,
  },
  row: {
    display: 'grid',
    gridTemplateColumns: '28px minmax(0, 1fr)',
    columnGap: theme.spacing(1),
    padding: theme.spacing(1, 1.5),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  mark: {
    color: theme.palette.text.secondary,
    '& svg': { fontSize: 18, verticalAlign: 'text-bottom' },
  },
  // Where it is narrow the account goes under the words.
  body: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    columnGap: theme.spacing(1),
  },
  words: { flex: '1 1 240px', minWidth: 0, overflowWrap: 'anywhere' },
  account: { color: theme.palette.text.secondary, whiteSpace: 'nowrap' },
  good: { color: toneColors(theme, 'good').color },
  bad: { color: toneColors(theme, 'bad').color },
}));

/** Changes of tags in words: those to come, or how each of them went. */
export function TaggingSteps(props: {
  items: Tagging['items'];
  isDone: boolean;
}) {
  const { items, isDone } = props;
  const t = useT();
  const classes = useStyles();
  const markOf = ({ ok }: Tagging['items'][number], index: number) => {
    if (!isDone) return index + 1;
    return ok ? (
      <CheckIcon titleAccess={t('tags.dialog.done')} className={classes.good} />
    ) : (
      <ErrorIcon
        titleAccess={t('tags.dialog.notDone')}
        className={classes.bad}
      />
    );
  };
  return (
    <ol className={classes.list} aria-label={t('plan.steps')}>
      {items.map((item, index) => {
        const { accountId, id, words, region } = item.step;
        return (
          <li key={id} className={classes.row}>
            <span className={classes.mark}>{markOf(item, index)}</span>
            <span className={classes.body}>
              <span className={classes.words}>
                <CodeWords text={words} />
                {item.error && (
                  <div className={classes.bad}>
                    <CodeWords text={item.error} />
                  </div>
                )}
              </span>
              {accountId && (
                <span
                  className={classes.account}
                  title={[accountId, region].filter(Boolean).join(' · ')}
                >
                  {accountInWords({ accountId })}
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
