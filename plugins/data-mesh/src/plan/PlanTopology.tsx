import type { Plan } from '@lakemesh/backstage-plugin-data-mesh-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../useT';

const useStyles = makeStyles(theme => ({
  root: { marginBottom: theme.spacing(1) },
}));

/** Steps by what they do, as far as people plan with it. */
export function countKinds({ steps }: Pick<Plan, 'steps'>) {
  const count = (kind: string) =>
    steps.filter(step => step.kind === kind).length;
  return {
    links: count('resourceLink'),
    acceptance: count('acceptShare'),
    filters: count('dataCellsFilter'),
  };
}

/** Between which accounts it happens, and what it takes beside grants. */
export function PlanTopology(props: { plan: Plan }) {
  const { plan } = props;
  const t = useT();
  const classes = useStyles();
  const { topology } = plan;
  const { links, acceptance, filters } = countKinds(plan);
  const parts = [
    (topology === 'peer-to-peer' || topology === 'central-governance') &&
      t('plan.shares'),
    acceptance > 0 && t('plan.acceptance', { count: acceptance }),
    links > 0 && t('plan.links', { count: links }),
    filters > 0 && t('plan.filters', { count: filters }),
  ].filter(Boolean);
  if (topology === 'other' && parts.length === 0) return null;
  return (
    <Typography
      variant="body2"
      color="textSecondary"
      component="p"
      className={classes.root}
    >
      {topology !== 'other' && t(`plan.topology.${topology}`)}
      {parts.length > 0 && ` ${t('plan.includes')} ${parts.join(', ')}.`}
    </Typography>
  );
}
