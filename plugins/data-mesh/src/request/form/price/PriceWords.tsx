import { makeStyles } from '@material-ui/core/styles';
import { Code, CodeWords } from '../../../components';
import { useT } from '../../../useT';
import { avoidableStages } from './columnCosts';
import { columnsAdding } from './columnsAdding';
import { Preview } from './usePreview';
import { usualTime } from './usualTime';
import { useStageName } from './useStageName';

const useStyles = makeStyles(theme => ({
  root: { fontSize: theme.typography.body2.fontSize },
  soft: { opacity: 0.6 },
  quiet: { color: theme.palette.text.secondary },
}));

/** How long decisions usually take, like `usually 5 hours`. */
export function useUsually(): (hours: number | undefined) => string {
  const t = useT();
  return hours => {
    if (hours === undefined) return '';
    const { unit, count } = usualTime(hours);
    return t('requestForm.price.usually', {
      time:
        unit === 'hours'
          ? t('requestForm.happen.hours', { count })
          : t('requestForm.happen.daysTime', { count }),
    });
  };
}

/**
 * What asking takes, in a line: how many approvals, which column adds one, and
 * how long that usually is. The old value stays, soft, while a new one is on
 * its way.
 */
export function PriceWords(props: { preview: Preview; brief?: boolean }) {
  const { value, loading, error } = props.preview;
  const t = useT();
  const classes = useStyles();
  const stageName = useStageName();
  const usually = useUsually();
  const policy = value?.policy;
  let words;
  if (!policy) {
    words = (
      <span className={classes.quiet}>
        {loading && t('requestForm.price.asking')}
        {!loading && error && t('requestForm.price.unknown')}
      </span>
    );
  } else if (policy.refusals.length > 0) {
    words = <CodeWords text={policy.refusals[0].reason} />;
  } else {
    const usual = policy.stages.length
      ? usually(value?.medianDecisionHours)
      : '';
    const adding = avoidableStages(policy);
    words = (
      <>
        <strong>
          {policy.autoApproved
            ? t('requestForm.price.byRule')
            : t('requestForm.price.approvals', {
                count: policy.stages.length,
              })}
        </strong>
        {!props.brief && adding.length > 0 && (
          <span className={classes.quiet}>
            {' ('}
            {adding.map((stage, at) => {
              const columns = columnsAdding(stage);
              return (
                <span key={stage.name}>
                  {at > 0 && ', '}
                  {columns.length === 1 ? (
                    <Code>{columns[0]}</Code>
                  ) : (
                    t('requestForm.price.columns', { count: columns.length })
                  )}{' '}
                  {t('requestForm.price.adds', {
                    count: columns.length,
                    who: stageName(stage),
                  })}
                </span>
              );
            })}
            )
          </span>
        )}
        {usual && ` · ${usual}`}
      </>
    );
  }
  return (
    <span
      className={`${classes.root} ${loading && policy ? classes.soft : ''}`}
      aria-live="polite"
      aria-busy={loading}
    >
      {words}
    </span>
  );
}
