import type {
  EntitlementDetail,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Typography from '@material-ui/core/Typography';
import type { Loaded } from '../../api';
import { EntitlementProgress } from '../../entitlement/EntitlementProgress';
import { PlanView } from '../../plan/PlanView';
import { accountAliasesOf } from '../../principal/accountAliasesOf';
import { useRequestWords } from '../../scope/requestWords';
import { useT } from '../../useT';
import { planTitleOf } from '../planTitle';
import { Section } from './Section';

/** What approval would do, or how far it is. */
export function PlanSection(props: {
  request: RequestDetail;
  entitlement: Loaded<EntitlementDetail>;
}) {
  const { request, entitlement } = props;
  const t = useT();
  const words = useRequestWords();
  const title = t(
    `requests.plan.${planTitleOf(request, entitlement.value?.state)}`,
  );
  const plan = () => {
    if (request.entitlementId) {
      return (
        <EntitlementProgress request={request} entitlement={entitlement} />
      );
    }
    if (request.kind === 'renew') {
      return (
        <Typography variant="body2" paragraph>
          {t('requests.plan.renewal')}
        </Typography>
      );
    }
    return request.plan ? (
      <PlanView
        plan={request.plan}
        accountAliases={accountAliasesOf([request.principal])}
      />
    ) : (
      <Typography variant="body2" color="textSecondary">
        {words.noPlan(request)}
      </Typography>
    );
  };
  return <Section title={title}>{plan()}</Section>;
}
