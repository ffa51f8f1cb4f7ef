import { useState } from 'react';
import type { RequestDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import LessIcon from '@material-ui/icons/ExpandLess';
import MoreIcon from '@material-ui/icons/ExpandMore';
import { PlanView } from '../plan/PlanView';
import { accountAliasesOf } from '../principal/accountAliasesOf';
import { useRequestWords } from '../scope/requestWords';
import { useT } from '../useT';

/** What approval does in AWS: a number of steps, to be unfolded. */
export function FoldedPlan(props: { request: RequestDetail }) {
  const { request } = props;
  const t = useT();
  const words = useRequestWords();
  const [isOpen, setIsOpen] = useState(false);
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
    <>
      <Button
        size="small"
        startIcon={isOpen ? <LessIcon /> : <MoreIcon />}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {t('requests.card.inAws', { count: request.plan.steps.length })}
      </Button>
      {isOpen && (
        <PlanView
          plan={request.plan}
          accountAliases={accountAliasesOf([request.principal])}
        />
      )}
    </>
  );
}
