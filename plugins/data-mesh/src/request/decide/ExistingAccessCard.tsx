import type {
  AvailablePrincipal,
  ExistingAccess,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { parseAwsPrincipal } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { EndsIn } from '../../components';
import { ScopeSummary } from '../../plan/ScopeSummary';
import { StateChip } from '../../state/StateChip';
import { entitlementRouteRef, requestRouteRef } from '../../routes';
import { useT } from '../../useT';

const useStyles = makeStyles(theme => ({
  root: {
    '& + &': {
      marginTop: theme.spacing(1.5),
      paddingTop: theme.spacing(1.5),
      borderTop: `1px solid ${theme.palette.divider}`,
    },
    fontSize: theme.typography.body2.fontSize,
  },
  title: { fontWeight: 600, marginBottom: theme.spacing(0.5) },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
    marginTop: theme.spacing(0.5),
  },
  relation: {
    margin: theme.spacing(0.5, 0),
    color: theme.palette.text.secondary,
  },
}));

/** What a principal has, or has asked for, on the same port. */
export function ExistingAccessCard(props: {
  existing: ExistingAccess;
  principals?: readonly AvailablePrincipal[];
  /** How it relates to what is asked, in words for another reader. */
  relationWords?: string;
}) {
  const { existing, principals = [], relationWords } = props;
  const t = useT();
  const classes = useStyles();
  const requestLink = useRouteRef(requestRouteRef);
  const accessLink = useRouteRef(entitlementRouteRef);
  const name =
    principals.find(one => one.principal.id === existing.principal)?.principal
      .name ??
    parseAwsPrincipal(existing.principal)?.name ??
    existing.principal;
  return (
    <div className={classes.root}>
      <div className={classes.title} title={existing.principal}>
        {existing.type === 'request'
          ? t('requestForm.existing.asked', { principal: name })
          : t('requestForm.existing.has', { principal: name })}
      </div>
      <ScopeSummary scope={existing.scope} />
      <div className={classes.line}>
        <StateChip state={existing.state} />
        {existing.expiresAt && <EndsIn value={existing.expiresAt} />}
      </div>
      <div className={classes.relation}>
        {relationWords ?? t(`requestForm.existing.${existing.relation}`)}
      </div>
      {existing.type === 'request' ? (
        <Link to={requestLink({ id: existing.id })}>
          {t('requestForm.existing.seeRequest')}
        </Link>
      ) : (
        <Link to={accessLink({ id: existing.id })}>
          {t('requestForm.existing.seeAccess')}
        </Link>
      )}
    </div>
  );
}
