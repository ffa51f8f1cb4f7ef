import { parseEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { Code } from '../../components';
import { ScopeSummary } from '../../plan/ScopeSummary';
import { requestFormRouteRef } from '../../routes';
import { useT } from '../../useT';
import { AboutAccess } from './draft/formDraft';

const useStyles = makeStyles(theme => ({
  scope: { margin: theme.spacing(0.5, 0) },
  quiet: { color: theme.palette.text.secondary },
}));

/** What a renewal keeps. */
export function KeptScope(props: { about: AboutAccess }) {
  const { entitlement } = props.about;
  const t = useT();
  const classes = useStyles();
  const formLink = useRouteRef(requestFormRouteRef);
  const { namespace, name } = parseEntityRef(entitlement.productRef);
  return (
    <div>
      <Code>{entitlement.port}</Code>
      <div className={classes.scope}>
        <ScopeSummary scope={entitlement.scope} />
      </div>
      <span className={classes.quiet}>
        {t('requestForm.about.keeps')}{' '}
        <Link
          to={`${formLink({ namespace, name })}?${new URLSearchParams({
            amend: entitlement.id,
          })}`}
        >
          {t('requestForm.about.change')}
        </Link>
        .
      </span>
    </div>
  );
}
