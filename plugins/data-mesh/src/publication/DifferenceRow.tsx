import type { FactDifference } from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import Checkbox from '@material-ui/core/Checkbox';
import { makeStyles } from '@material-ui/core/styles';
import ArrowIcon from '@material-ui/icons/ArrowForward';
import { RefWords, toneColors } from '../components';
import { useT } from '../useT';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 3fr) minmax(0, 2fr)',
    gap: theme.spacing(0.5, 1),
    padding: theme.spacing(1.25, 1.5, 1.25, 0.75),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
    [theme.breakpoints.down('sm')]: {
      gridTemplateColumns: 'auto minmax(0, 1fr)',
    },
  },
  box: { padding: theme.spacing(0.5), alignSelf: 'start' },
  noBox: { width: theme.spacing(1) },
  words: { fontWeight: 600, overflowWrap: 'anywhere' },
  quiet: {
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
  },
  change: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginTop: theme.spacing(0.5),
    fontSize: theme.typography.body2.fontSize,
    '& svg': { fontSize: 16, color: theme.palette.text.secondary },
  },
  before: {
    padding: theme.spacing(0.125, 0.75),
    borderRadius: 3,
    textDecoration: 'line-through',
    overflowWrap: 'anywhere',
    ...toneColors(theme, 'bad'),
  },
  after: {
    padding: theme.spacing(0.125, 0.75),
    borderRadius: 3,
    overflowWrap: 'anywhere',
    ...toneColors(theme, 'good'),
  },
  effect: {
    paddingLeft: theme.spacing(1.5),
    borderLeft: `1px solid ${theme.palette.divider}`,
    fontSize: theme.typography.body2.fontSize,
    [theme.breakpoints.down('sm')]: {
      gridColumn: 2,
      paddingLeft: 0,
      borderLeft: 'none',
    },
  },
  danger: {
    fontWeight: 700,
    color: toneColors(theme, 'bad').color,
  },
}));

/** One difference between what was accepted and the catalog. */
export function DifferenceRow(props: {
  difference: FactDifference;
  /** Undefined where there is nothing to tick. */
  ticked?: boolean;
  onTick?: (ticked: boolean) => void;
}) {
  const { difference, ticked, onTick } = props;
  const { words, table, before, after, effect, danger, sentBack } = difference;
  const t = useT();
  const classes = useStyles();
  return (
    <li className={classes.root}>
      {ticked === undefined ? (
        <span className={classes.noBox} />
      ) : (
        <Checkbox
          className={classes.box}
          size="small"
          color="primary"
          checked={ticked}
          onChange={event => onTick?.(event.target.checked)}
          inputProps={{
            'aria-label': t('publications.card.tick', {
              words: words.replace(/`/g, ''),
            }),
          }}
        />
      )}
      <div>
        <div className={classes.words}>
          <RefWords text={words} />
        </div>
        {table && !words.includes(`\`${table}\``) && (
          <div className={classes.quiet}>{table}</div>
        )}
        {(before !== undefined || after !== undefined) && (
          <div className={classes.change}>
            {before !== undefined && (
              <span className={classes.before}>
                <RefWords text={before} />
              </span>
            )}
            <ArrowIcon aria-hidden />
            {after !== undefined && (
              <span className={classes.after}>
                <RefWords text={after} />
              </span>
            )}
          </div>
        )}
        {sentBack && (
          <div className={classes.quiet}>
            {t('publications.card.sentBack')}{' '}
            <EntityDisplayName entityRef={sentBack.actorRef} hideIcon />
            {sentBack.comment && (
              <>
                {': '}
                <bdi>{sentBack.comment}</bdi>
              </>
            )}
          </div>
        )}
      </div>
      {effect && (
        <div className={`${classes.effect} ${danger ? classes.danger : ''}`}>
          <RefWords text={effect} />
        </div>
      )}
    </li>
  );
}
