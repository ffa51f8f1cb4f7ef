import { productInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Entitlement } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { EndsIn, FreeText, SubTitle } from '../../components';
import { StateChip } from '../../state/StateChip';
import { useT } from '../../useT';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(1.5, 2), marginBottom: theme.spacing(2) },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1.25),
    minHeight: 32,
  },
}));

/** On top: what failed and what ends soon, each a link to its place below. */
export function AttentionPanel(props: {
  failed: readonly Entitlement[];
  endingSoon: readonly Entitlement[];
  linkTo: (id: string) => string;
}) {
  const { failed, endingSoon, linkTo } = props;
  const t = useT();
  const classes = useStyles();
  const all = [...failed, ...endingSoon];
  if (all.length === 0) return null;
  const words = [
    failed.length && t('access.attention.failed', { count: failed.length }),
    endingSoon.length &&
      t('access.attention.endingSoon', { count: endingSoon.length }),
  ].filter(Boolean);
  return (
    <Paper
      variant="outlined"
      component="section"
      className={classes.root}
      aria-label={t('access.attention.title')}
    >
      <SubTitle component="h2">
        {t('access.attention.title')}: {words.join(', ')}
      </SubTitle>
      <ul className={classes.list}>
        {all.map(one => (
          <li key={one.id} className={classes.item}>
            <Link to={linkTo(one.id)}>
              <FreeText>{productInWords(one)}</FreeText> · {one.port}
            </Link>
            {one.principal.name}
            {one.state === 'failed' ? (
              <StateChip state="failed" reason={one.error?.message} />
            ) : (
              <EndsIn value={one.expiresAt} />
            )}
          </li>
        ))}
      </ul>
    </Paper>
  );
}
