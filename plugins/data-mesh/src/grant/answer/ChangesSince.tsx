import type { AccessChange } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords, RelativeTime } from '../../components';
import { requestRouteRef } from '../../routes';
import { useT } from '../../useT';

const useStyles = makeStyles(theme => ({
  list: { margin: theme.spacing(0.5, 0, 0), paddingLeft: theme.spacing(2.5) },
}));

/** What the mesh itself has done since the scan that an answer goes by. */
export function ChangesSince(props: { changes: readonly AccessChange[] }) {
  const { changes } = props;
  const t = useT();
  const classes = useStyles();
  const requestLink = useRouteRef(requestRouteRef);
  if (changes.length === 0) return null;
  return (
    <section aria-label={t('grants.ask.since')}>
      <Typography variant="body2" component="p">
        {t('grants.ask.since')}
      </Typography>
      <ul className={classes.list}>
        {changes.map((change, index) => (
          <li key={index}>
            {t(`grants.ask.change.${change.kind}`, {
              principal: change.principal.name,
            })}
            {change.words && (
              <>
                : <CodeWords text={change.words} />
              </>
            )}
            {change.actorRef.startsWith('user:') && (
              <>
                {' · '}
                <EntityDisplayName entityRef={change.actorRef} hideIcon />
              </>
            )}
            {' · '}
            <RelativeTime value={change.at} />
            {change.requestId && (
              <>
                {' · '}
                <Link to={requestLink({ id: change.requestId })}>
                  {t('grants.why.openRequest')}
                </Link>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
