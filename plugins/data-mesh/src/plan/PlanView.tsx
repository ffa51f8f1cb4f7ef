import type {
  Plan,
  PlanCall,
  ProvisioningStep,
  RevocationEffect,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../useT';
import { CodeWords } from '../components/text/CodeWords';
import { PlanCalls } from './PlanCalls';
import { PlanStepRow } from './PlanStepRow';
import { PlanTopology } from './PlanTopology';
import { toneColors } from '../components/state/tones';

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
  goes: { marginTop: theme.spacing(1) },
  effects: {
    margin: theme.spacing(0.5, 0, 0),
    paddingLeft: theme.spacing(2.5),
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere',
  },
  quiet: { color: theme.palette.text.secondary },
  warnings: {
    margin: theme.spacing(1, 0, 0),
    paddingLeft: theme.spacing(2.5),
    color: toneColors(theme, 'attention').color,
  },
}));

function callOf({ step, direction }: ProvisioningStep): PlanCall | undefined {
  return direction === 'undo' ? step.undo?.call : step.call;
}

function Effects(props: { effects: RevocationEffect[] }) {
  const classes = useStyles();
  return (
    <ul className={classes.effects}>
      {props.effects.map(({ words, because }) => (
        <li key={words.text}>
          <CodeWords text={words} />
          {because && (
            <span className={classes.quiet}>
              , <CodeWords text={because} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/**
 * What will be done, in words, with the API calls folded under it. With
 * `steps`, how far it is: what they say replaces the plan's own rows.
 */
export function PlanView(props: {
  plan?: Plan;
  steps?: ProvisioningStep[];
  /** Aliases of accounts by their id. */
  accountAliases?: Record<string, string>;
}) {
  const { plan, steps, accountAliases = {} } = props;
  const t = useT();
  const classes = useStyles();

  const live = steps && [...steps].sort((a, b) => a.position - b.position);
  const rows = live
    ? live.map(one => ({ key: one.id, step: one.step, live: one }))
    : (plan?.steps ?? []).map(step => ({
        key: step.id,
        step,
        live: undefined,
      }));
  const calls = live
    ? live.flatMap(one => callOf(one) ?? [])
    : [
        ...(plan?.steps ?? [])
          .filter(step => !step.done)
          .flatMap(
            step =>
              step.effects?.flatMap(({ call }) => call ?? []) ?? step.call,
          ),
        ...(plan?.removes ?? []).flatMap(effect => effect.call ?? []),
      ];

  const goes = live ? [] : plan?.removes ?? [];
  const stays = live ? [] : plan?.keeps ?? [];

  // Numbers count what will be done; what is so already has none.
  let position = 0;
  return (
    <div>
      {plan && !live && <PlanTopology plan={plan} />}
      {rows.length === 0 ? (
        <Typography variant="body2" color="textSecondary">
          {t('plan.nothing')}
        </Typography>
      ) : (
        <ol className={classes.list} aria-label={t('plan.steps')}>
          {rows.map(({ key, step, live: state }) => {
            if (state || !step.done) position += 1;
            return (
              <PlanStepRow
                key={key}
                step={step}
                live={state}
                position={position}
                accountAlias={step.accountId && accountAliases[step.accountId]}
              />
            );
          })}
        </ol>
      )}
      {goes.length > 0 && (
        <section className={classes.goes} aria-label={t('plan.goes')}>
          <Typography variant="subtitle2" component="h4">
            {t('plan.goes')}
          </Typography>
          <Effects effects={goes} />
        </section>
      )}
      {stays.length > 0 && (
        <section className={classes.goes} aria-label={t('plan.staysToo')}>
          <Typography variant="subtitle2" component="h4">
            {t('plan.staysToo')}
          </Typography>
          <Effects effects={stays} />
        </section>
      )}
      {plan && plan.warnings.length > 0 && (
        <ul className={classes.warnings}>
          {plan.warnings.map(warning => (
            <li key={warning.text}>
              <CodeWords text={warning} />
            </li>
          ))}
        </ul>
      )}
      <PlanCalls calls={calls} />
    </div>
  );
}
