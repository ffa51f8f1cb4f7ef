import type {
  AccessRequest,
  Purpose,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { FreeText } from '../components';
import { PrincipalLabel } from '../principal/PrincipalLabel';
import { entitlementRouteRef } from '../routes';
import { purposeTitle } from '../scope/requestWords';
import { useT } from '../useT';

const useStyles = makeStyles(theme => ({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.25, 1),
    marginTop: theme.spacing(1),
    fontSize: theme.typography.body2.fontSize,
  },
  soft: { color: theme.palette.text.secondary },
  reason: {
    margin: theme.spacing(1, 0, 0),
    padding: theme.spacing(0.25, 0, 0.25, 1.5),
    borderLeft: `3px solid ${theme.palette.divider}`,
    fontSize: theme.typography.body2.fontSize,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
}));

/** The product, as whom, for what, and the reason in the words of who asks. */
export function RequestWho(props: {
  request: AccessRequest;
  purposes?: readonly Purpose[];
}) {
  const { request, purposes } = props;
  const t = useT();
  const classes = useStyles();
  const accessLink = useRouteRef(entitlementRouteRef);
  const { kind, amendsEntitlementId: aboutId, justification } = request;
  return (
    <>
      <div className={classes.line}>
        <EntityRefLink entityRef={request.productRef} hideIcon>
          <FreeText>{request.productTitle}</FreeText>
        </EntityRefLink>
        <span className={classes.soft}>
          {request.portTitle ?? request.port}
        </span>
        <span>{t('access.panel.as')}</span>
        <PrincipalLabel principal={request.principal} />
        {request.principalVia && (
          <span className={classes.soft}>
            {t('requests.facts.throughLabel')}{' '}
            <EntityRefLink entityRef={request.principalVia} hideIcon />
          </span>
        )}
      </div>
      <div className={classes.line}>
        <span className={classes.soft}>{t('requests.card.for')}</span>
        {purposeTitle(request.purpose, purposes)}
        {request.consumerRef && (
          <span>
            {t('requests.facts.into')}{' '}
            <EntityRefLink entityRef={request.consumerRef} hideIcon />
          </span>
        )}
        {aboutId && kind !== 'new' && (
          <span>
            <span className={classes.soft}>{t(`requests.facts.${kind}s`)}</span>{' '}
            <Link to={accessLink({ id: aboutId })}>
              {t('requests.facts.heldAccess')}
            </Link>
          </span>
        )}
      </div>
      {justification ? (
        <blockquote className={classes.reason}>
          <FreeText>{justification}</FreeText>
        </blockquote>
      ) : (
        <div className={`${classes.line} ${classes.soft}`}>
          {t('requests.facts.noReason')}
        </div>
      )}
    </>
  );
}
