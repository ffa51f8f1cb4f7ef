import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  productInWords,
  type DataProductEntity,
  type Entitlement,
  type EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Checkbox from '@material-ui/core/Checkbox';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords, FreeText, toneColors } from '../../components';
import { toneOfEnd } from '../../components/state/EndsIn';
import { entitlementRouteRef, requestRouteRef } from '../../routes';
import { useT } from '../../useT';
import { DateTime } from 'luxon';
import { actionsOf } from '../actions/actionsOf';
import { aboutOf, reasonOf, type AccessItem } from './accessItems';
import { AccessRowMenu } from './AccessRowMenu';
import { MainActionButton } from './MainActionButton';
import { useRowState } from './useRowState';
import { useRowWords } from './useRowWords';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: '32px minmax(0, 9fr) minmax(0, 5fr) 104px 148px 32px',
    alignItems: 'center',
    columnGap: theme.spacing(1.5),
    minHeight: 56,
    padding: theme.spacing(0.5, 1.5, 0.5, 0.75),
    borderTop: `1px solid ${theme.palette.divider}`,
    borderLeft: '3px solid transparent',
    fontSize: theme.typography.body2.fontSize,
    '&:hover': { background: theme.palette.action.hover },
    [theme.breakpoints.down('sm')]: {
      gridTemplateColumns: '32px minmax(0, 1fr) 96px auto 32px',
      columnGap: theme.spacing(1),
    },
    [theme.breakpoints.down('xs')]: {
      gridTemplateColumns: '32px minmax(0, 1fr) 32px',
    },
  },
  attention: { borderLeftColor: theme.palette.warning.main },
  bad: { borderLeftColor: theme.palette.error.main },
  title: {
    display: 'flex',
    alignItems: 'baseline',
    gap: theme.spacing(1),
    minWidth: 0,
    '& a': { fontWeight: 600, overflowWrap: 'anywhere' },
    [theme.breakpoints.down('sm')]: { flexWrap: 'wrap' },
  },
  soft: { color: theme.palette.text.secondary },
  cut: {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  state: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    minWidth: 0,
    '& svg': { fontSize: 14, flexShrink: 0 },
  },
  waitingWords: { color: theme.palette.text.secondary },
  neutralWords: { color: theme.palette.text.secondary },
  goodWords: { color: toneColors(theme, 'good').color },
  attentionWords: { color: toneColors(theme, 'attention').color },
  badWords: { color: toneColors(theme, 'bad').color },
  scope: { minWidth: 0, [theme.breakpoints.down('sm')]: { display: 'none' } },
  end: {
    whiteSpace: 'nowrap',
    [theme.breakpoints.down('xs')]: { gridColumn: 2 },
  },
  endattention: {
    fontWeight: 600,
    color: toneColors(theme, 'attention').color,
  },
  endbad: { fontWeight: 600, color: toneColors(theme, 'bad').color },
  action: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'flex-end',
    gap: theme.spacing(1),
    minWidth: 116,
    '& button, & a': { minHeight: 32, whiteSpace: 'nowrap' },
    [theme.breakpoints.down('xs')]: {
      gridColumn: 2,
      justifyContent: 'flex-start',
    },
  },
}));

/** What a list of accesses does with one of them. */
export interface RowDoes {
  onRenew: (access: Entitlement) => void;
  isRenewing: (id: string) => boolean;
  onChange: (changed: EntitlementDetail) => void;
}

/** One access or request: what, how it is, how much, until when, one button. */
export function AccessRow(props: {
  item: AccessItem;
  product?: DataProductEntity;
  /** Whether several roles are in the list, so that each row says its own. */
  withPrincipal: boolean;
  purposeTitle: (id: string) => string;
  isFirst: boolean;
  /** Undefined where nothing can be ticked. */
  selected?: boolean;
  onSelect: (on: boolean) => void;
  does: RowDoes;
}) {
  const { item, product, withPrincipal, isFirst, selected, onSelect, does } =
    props;
  const t = useT();
  const classes = useStyles();
  const accessLink = useRouteRef(entitlementRouteRef);
  const requestLink = useRouteRef(requestRouteRef);
  const stateOf = useRowState();
  const words = useRowWords();
  const about = aboutOf(item);
  const reason = reasonOf(item, Date.now());
  const state = stateOf(item);
  const port =
    product?.spec.outputPorts.find(({ name }) => name === about.port)?.title ??
    about.port;
  const name = `${productInWords(about)} · ${port}`;
  const filter = about.scope.tables.find(({ rowFilter }) => rowFilter);
  const canTick =
    item.kind === 'access' &&
    actionsOf(item.access).some(one => one === 'renew' || one === 'relinquish');
  const isOver = item.kind === 'access' && Boolean(item.access.endedAt);
  const [days, lastDay] =
    item.kind === 'access' && item.access.activatedAt
      ? words.end(item.access.expiresAt)
      : [t('access.row.notYet'), undefined];
  const tone =
    item.kind === 'access' && item.access.expiresAt
      ? toneOfEnd(item.access.expiresAt, DateTime.now())
      : 'neutral';
  const endClass =
    tone === 'bad' || tone === 'attention' ? classes[`end${tone}`] : undefined;
  let mark: string | undefined;
  if (reason) mark = state.tone === 'bad' ? classes.bad : classes.attention;

  return (
    <li
      id={item.id}
      className={`${classes.root} ${mark ?? ''}`}
      aria-label={name}
    >
      {selected === undefined ? (
        <span />
      ) : (
        <Checkbox
          size="small"
          color="primary"
          checked={selected}
          disabled={!canTick}
          inputProps={{ 'aria-label': t('access.row.select', { name }) }}
          onChange={(_, on) => onSelect(on)}
        />
      )}
      <div className={classes.cut}>
        <div className={classes.title}>
          <Link
            to={
              item.kind === 'access'
                ? accessLink({ id: item.id })
                : requestLink({ id: item.id })
            }
            className={classes.cut}
          >
            <FreeText>{productInWords(about)}</FreeText>
          </Link>
          <span className={`${classes.soft} ${classes.cut}`}>{port}</span>
        </div>
        <div
          className={`${classes.state} ${classes[`${state.tone}Words`]}`}
          title={[state.words, state.also].filter(Boolean).join(' · ')}
        >
          <state.Icon aria-hidden />
          <span className={classes.cut}>
            <CodeWords text={state.words} />
            {state.also && (
              <span className={classes.soft}> · {state.also}</span>
            )}
          </span>
        </div>
      </div>
      <div className={classes.scope}>
        <div className={classes.cut}>
          {words.scope(about.scope, product, about.port)}
        </div>
        <div className={`${classes.soft} ${classes.cut}`}>
          {[
            ...(withPrincipal ? [about.principal.name] : []),
            filter?.rowFilter
              ? t('access.row.rows', { filter: filter.rowFilter })
              : props.purposeTitle(about.purpose),
          ].join(' · ')}
        </div>
      </div>
      <div className={classes.end}>
        {!isOver && (
          <>
            <div className={endClass}>{days}</div>
            <div className={classes.soft}>{lastDay}</div>
          </>
        )}
      </div>
      <div className={classes.action}>
        <MainActionButton
          item={item}
          about={name}
          isFilled={isFirst && reason !== undefined}
          isRenewing={does.isRenewing(item.id)}
          onRenew={does.onRenew}
          onChange={does.onChange}
        />
      </div>
      {item.kind === 'access' ? (
        <AccessRowMenu
          access={item.access}
          label={t('access.row.more', { name })}
          onChange={does.onChange}
        />
      ) : (
        <span />
      )}
    </li>
  );
}
