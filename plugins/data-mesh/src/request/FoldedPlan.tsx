import type { RequestDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import Typography from '@material-ui/core/Typography';
import { Folded } from '../components';
import { PlanView } from '../plan/PlanView';
import { accountAliasesOf } from '../principal/accountAliasesOf';
import { useRequestWords } from '../scope/requestWords';
import { useT } from '../useT';

/** What approval does in AWS: a number of steps, to be unfolded. */
export function FoldedPlan(props: { request: RequestDetail }) {
  const { request } = props;
  const t = useT();
  const words = useRequestWords();
  if (request.kind === 'renew') {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('requests.plan.renewal')}
      </Typography>
    );
  }
  if (!request.plan) {
    return (
      <Typography variant="body2" color="textSecondary">
        {words.noPlan(request)}
      </Typography>
    );
  }
  return (
    <Folded
      words={t('requests.card.inAws', { count: request.plan.steps.length })}
    >
      <PlanView
        plan={request.plan}
        accountAliases={accountAliasesOf([request.principal])}
      />
    </Folded>
  );
}
