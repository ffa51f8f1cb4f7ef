import type {
  GrantExplanation,
  Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { refsIn, RefWords, RelativeTime } from '../../components';
import { useT } from '../../useT';

const useStyles = makeStyles(theme => ({
  chain: {
    listStyle: 'none',
    counterReset: 'link',
    margin: 0,
    padding: 0,
    fontSize: theme.typography.body2.fontSize,
  },
  link: {
    counterIncrement: 'link',
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    columnGap: theme.spacing(1),
    marginBottom: theme.spacing(1),
    overflowWrap: 'anywhere',
    '&::before': {
      content: 'counter(link)',
      color: theme.palette.text.secondary,
    },
  },
  quiet: { color: theme.palette.text.secondary },
}));

/** From people to a grant: each link with where it is known from. */
export function Chain(props: {
  chain: GrantExplanation['chain'];
  principal: Principal;
}) {
  const t = useT();
  const classes = useStyles();
  return (
    <ol className={classes.chain}>
      {props.chain.map(({ words, source, entityRef, at }, index) => (
        <li key={index} className={classes.link}>
          <div>
            {entityRef && !refsIn(words).includes(entityRef.toLowerCase()) && (
              <>
                <EntityRefLink entityRef={entityRef} hideIcon />{' '}
              </>
            )}
            <RefWords text={words} principals={[props.principal]} />
            <div className={classes.quiet}>
              {t('grants.why.source', { source })}
              {at && (
                <>
                  {' · '}
                  <RelativeTime value={at} />
                </>
              )}
            </div>
          </div>
        </li>
      ))}
    </ol>
  );
}
