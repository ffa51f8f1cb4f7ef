import type { RequestDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { ExistingAccessCard } from './ExistingAccessCard';
import { useT } from '../../useT';

const useStyles = makeStyles(theme => ({
  list: {
    margin: theme.spacing(0, 0, 1.5),
    paddingLeft: theme.spacing(2.5),
    '& li': { marginBottom: theme.spacing(0.5) },
  },
}));

/** What a careful approver wants to know first. */
export function BeforeYouDecide(props: { request: RequestDetail }) {
  const { request } = props;
  const t = useT();
  const classes = useStyles();
  const pii = request.sensitiveColumns?.length ?? 0;
  const { principalVia, existing, hiddenExisting, revisions } = request;
  return (
    <div>
      <ul className={classes.list}>
        {pii > 0 && <li>{t('requests.before.pii', { count: pii })}</li>}
        {principalVia?.startsWith('group:') && (
          <li>
            {t('requests.before.groupLabel')}{' '}
            <EntityRefLink entityRef={principalVia} hideIcon />
          </li>
        )}
        {revisions.length > 0 && (
          <li>{t('requests.before.revisions', { count: revisions.length })}</li>
        )}
        {existing.length + hiddenExisting === 0 && (
          <li>
            {t(
              request.amendsEntitlementId
                ? 'requests.before.nothingElse'
                : 'requests.before.nothing',
            )}
          </li>
        )}
        {hiddenExisting > 0 && (
          <li>{t('requests.before.hidden', { count: hiddenExisting })}</li>
        )}
      </ul>
      {existing.map(one => (
        <ExistingAccessCard
          key={one.id}
          existing={one}
          principals={[
            { principal: request.principal, via: request.requesterRef },
          ]}
          relationWords={t(`requests.before.${one.relation}`)}
        />
      ))}
    </div>
  );
}
