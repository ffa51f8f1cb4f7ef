import { parseEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Code } from '../../components';
import { ScopeSummary } from '../../plan/ScopeSummary';
import { requestFormRouteRef } from '../../routes';
import { useT } from '../../useT';
import { FieldProblems } from '../../scope/FieldProblems';
import { AboutAccess } from './draft/formDraft';
import { FormSection } from '../../components/FormSection';
import { PlacedProblem, problemsAt } from '../../scope/problemFields';

const useStyles = makeStyles(theme => ({
  scope: { margin: theme.spacing(1, 0) },
}));

/** What a renewal keeps. */
export function KeptScope(props: {
  about: AboutAccess;
  problems: readonly PlacedProblem[];
}) {
  const { entitlement } = props.about;
  const t = useT();
  const classes = useStyles();
  const formLink = useRouteRef(requestFormRouteRef);
  const { namespace, name } = parseEntityRef(entitlement.productRef);
  return (
    <FormSection
      id="data-mesh-what"
      number={1}
      title={t('requestForm.what.title')}
    >
      <Code>{entitlement.port}</Code>
      <div className={classes.scope}>
        <ScopeSummary scope={entitlement.scope} />
      </div>
      <Typography variant="body2" color="textSecondary">
        {t('requestForm.about.keeps')}{' '}
        <Link
          to={`${formLink({ namespace, name })}?${new URLSearchParams({
            amend: entitlement.id,
          })}`}
        >
          {t('requestForm.about.change')}
        </Link>
        .
      </Typography>
      <FieldProblems
        problems={[
          ...problemsAt(props.problems, 'port'),
          ...problemsAt(props.problems, 'columns'),
        ]}
      />
    </FormSection>
  );
}
