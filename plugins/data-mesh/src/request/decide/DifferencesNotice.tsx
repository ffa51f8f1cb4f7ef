import type { RequestDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { RefWords, RelativeTime, toneColors } from '../../components';
import { useT } from '../../useT';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(1, 1.5),
    margin: theme.spacing(1.5, 0),
    borderRadius: theme.shape.borderRadius,
    fontSize: theme.typography.body2.fontSize,
    ...toneColors(theme, 'attention'),
    '& a': { color: 'inherit', textDecoration: 'underline' },
  },
  title: { fontWeight: 600 },
  list: { margin: theme.spacing(0.5, 0, 0), paddingLeft: theme.spacing(2.5) },
}));

/** What changed since the request was last shown to its approvers. */
export function DifferencesNotice(props: { request: RequestDetail }) {
  const { differences = [], judgedAt } = props.request;
  const t = useT();
  const classes = useStyles();
  if (differences.length === 0) return null;
  return (
    <section className={classes.root} aria-label={t('requests.changed.title')}>
      <div className={classes.title}>
        {t('requests.changed.title')}
        {judgedAt && (
          <>
            {' · '}
            <RelativeTime value={judgedAt} />
          </>
        )}
      </div>
      <ul className={classes.list}>
        {differences.map(({ kind, words }) => (
          <li key={`${kind} ${words.text}`}>
            <RefWords text={words} />
          </li>
        ))}
      </ul>
    </section>
  );
}
