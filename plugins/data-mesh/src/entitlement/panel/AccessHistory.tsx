import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { EntitlementDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { RelativeTime } from '../../components';
import { Approvers } from '../../principal/Approvers';
import { requestRouteRef } from '../../routes';
import { useT } from '../../useT';

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    fontSize: theme.typography.body2.fontSize,
  },
  item: {
    display: 'grid',
    gridTemplateColumns: '120px minmax(0, 1fr)',
    gap: theme.spacing(1),
    padding: theme.spacing(0.5, 0),
  },
  when: { color: theme.palette.text.secondary },
}));

/** What was decided about an access, and what came of it; the latest first. */
export function AccessHistory(props: { access: EntitlementDetail }) {
  const { access } = props;
  const t = useT();
  const classes = useStyles();
  const requestLink = useRouteRef(requestRouteRef);
  return (
    <ul className={classes.list}>
      {access.endedAt && (
        <li className={classes.item}>
          <span className={classes.when}>
            <RelativeTime value={access.endedAt} />
          </span>
          <span>
            {t('access.facts.ended')}
            {access.endReason && <> “{access.endReason}”</>}
          </span>
        </li>
      )}
      {(access.requests ?? []).map(request => (
        <li key={request.id} className={classes.item}>
          <span className={classes.when}>
            <RelativeTime value={request.createdAt} />
          </span>
          <span>
            <Link to={requestLink({ id: request.id })}>
              {t(
                request.kind === 'new'
                  ? 'access.panel.asked'
                  : `requests.kind.${request.kind}`,
              )}
            </Link>
            {': '}
            {t(`state.${request.state}`)}
          </span>
        </li>
      ))}
      <li className={classes.item}>
        <span className={classes.when}>
          <RelativeTime value={access.activatedAt ?? access.createdAt} />
        </span>
        <span>
          {t('access.panel.approvedBy')}{' '}
          <Approvers
            refs={access.approvedBy}
            byRule={t('access.facts.byRule')}
          />{' '}
          {t('access.panel.in')}{' '}
          <Link to={requestLink({ id: access.requestId })}>
            {t('access.panel.theRequest')}
          </Link>
        </span>
      </li>
    </ul>
  );
}
