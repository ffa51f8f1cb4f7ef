import { useState } from 'react';
import type {
  Plan,
  Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import Collapse from '@material-ui/core/Collapse';
import BoltIcon from '@material-ui/icons/FlashOnOutlined';
import { makeStyles } from '@material-ui/core/styles';
import { PlanView } from '../../../plan/PlanView';
import { accountAliasesOf } from '../../../principal/accountAliasesOf';
import { useT } from '../../../useT';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: '22px minmax(0, 1fr)',
    columnGap: theme.spacing(1),
    fontSize: theme.typography.body2.fontSize,
    '& svg': { fontSize: 18, margin: '1px 2px' },
  },
  quiet: { color: theme.palette.text.secondary },
  warnings: { margin: theme.spacing(0.5, 0, 0), paddingLeft: theme.spacing(2) },
  button: { textTransform: 'none', marginTop: theme.spacing(1) },
}));

/** What is done once it is approved: one sentence, with the steps folded. */
export function PlanInWords(props: {
  plan: Plan;
  system: string;
  principals: readonly Principal[];
}) {
  const { plan, system, principals } = props;
  const t = useT();
  const classes = useStyles();
  const [open, setOpen] = useState(false);
  const count =
    plan.steps.filter(({ done }) => !done).length + (plan.removes?.length ?? 0);
  return (
    <>
      <div className={classes.root}>
        <BoltIcon aria-hidden />
        <div>
          <strong>{t('requestForm.happen.inForce')}</strong>
          <div className={classes.quiet}>
            {count > 0
              ? t('requestForm.happen.steps', { count, system })
              : t('requestForm.happen.noSteps', { system })}
          </div>
        </div>
      </div>
      <Button
        className={classes.button}
        size="small"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {t(
          open
            ? 'requestForm.happen.hideSteps'
            : 'requestForm.happen.showSteps',
        )}
      </Button>
      <Collapse in={open} unmountOnExit>
        <PlanView
          plan={plan}
          accountAliases={accountAliasesOf([...principals])}
        />
      </Collapse>
    </>
  );
}
