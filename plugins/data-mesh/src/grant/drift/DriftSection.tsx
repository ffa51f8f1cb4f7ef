import { memo, ReactNode, useCallback, useState } from 'react';
import type {
  DriftAction,
  DriftItem,
  DriftKind,
  DriftPage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import WarningIcon from '@material-ui/icons/WarningOutlined';
import { makeStyles } from '@material-ui/core/styles';
import { Pages } from '../../api';
import {
  CodeWords,
  EmptyState,
  ErrorState,
  ListSkeleton,
  RelativeTime,
  SelectionBar,
  ToneChip,
  VirtualTable,
} from '../../components';
import { PrincipalLabel } from '../../principal/PrincipalLabel';
import { Section } from '../../components/Section';
import { useLocale } from '../../useMoment';
import { useT } from '../../useT';
import { driftCount } from './driftCount';
import { useRecordGridStyles } from '../recordGridStyles';

const ACTIONS: readonly DriftAction[] = ['reapply', 'adopt', 'revoke'];

// Two lines a row: who and in what state, then what, and what can be done.
const useStyles = makeStyles(theme => ({
  root: { marginBottom: theme.spacing(3) },
  columns: {
    gridTemplateColumns: 'minmax(0, 11fr) minmax(0, 16fr) minmax(0, 6fr) 162px',
    gridTemplateAreas: '"who what state do"',
    [theme.breakpoints.down('sm')]: {
      gridTemplateColumns: 'minmax(0, 1fr) 162px',
      gridTemplateAreas: '"who state" "what do"',
    },
  },
  who: {
    gridArea: 'who',
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(0.75),
  },
  what: {
    gridArea: 'what',
    // Below the name, not below the box before it.
    [theme.breakpoints.down('sm')]: { '&&': { paddingLeft: 46 } },
  },
  state: { gridArea: 'state' },
  do: { gridArea: 'do' },
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'flex-end',
    [theme.breakpoints.down('sm')]: {
      justifyContent: 'flex-start',
      marginLeft: theme.spacing(-0.5),
    },
  },
  all: { alignItems: 'center' },
  box: { padding: theme.spacing(0.5), margin: theme.spacing(-0.5, 0) },
}));

const idOf = (item: DriftItem) => item.id;

/** The actions that all of some drift have in common. */
export const commonActions = (items: readonly DriftItem[]): DriftAction[] =>
  items.length === 0
    ? []
    : ACTIONS.filter(action =>
        items.every(item => item.actions.includes(action)),
      );

function Row(props: {
  item: DriftItem;
  index: number;
  selected: boolean;
  onSelect: (ids: string[], on: boolean) => void;
  onResolve: (action: DriftAction, items: DriftItem[]) => void;
}) {
  const { item, index, selected, onSelect, onResolve } = props;
  const t = useT();
  const grid = useRecordGridStyles();
  const classes = useStyles();
  const principal = item.grant?.grant.principal ?? item.entitlement?.principal;
  const Icon = item.kind === 'excess' ? ErrorIcon : WarningIcon;
  const products =
    item.productRefs ?? (item.entitlement ? [item.entitlement.productRef] : []);
  return (
    <div
      role="row"
      className={`${grid.row} ${classes.columns}`}
      aria-rowindex={index + 2}
    >
      <div role="rowheader" className={classes.who}>
        <Checkbox
          className={classes.box}
          size="small"
          color="primary"
          checked={selected}
          disabled={item.actions.length === 0}
          onChange={event => onSelect([item.id], event.target.checked)}
          inputProps={{
            'aria-label': t('grants.drift.select', { words: item.words }),
          }}
        />
        {principal && <PrincipalLabel principal={principal} />}
      </div>
      <div role="cell" className={classes.what}>
        <CodeWords text={item.words} />
        {products.map(ref => (
          <div key={ref} className={grid.quiet}>
            <EntityRefLink entityRef={ref} />
          </div>
        ))}
      </div>
      <div role="cell" className={classes.state}>
        <ToneChip
          tone={item.kind === 'excess' ? 'bad' : 'attention'}
          icon={<Icon aria-hidden />}
          label={t(`grants.drift.kind.${item.kind}`)}
        />
        <div className={grid.quiet}>
          <RelativeTime value={item.since} />
        </div>
      </div>
      <div role="cell" className={classes.do}>
        <div className={classes.buttons}>
          {ACTIONS.filter(action => item.actions.includes(action)).map(
            action => (
              <Button
                key={action}
                size="small"
                className={action === 'revoke' ? grid.danger : undefined}
                onClick={() => onResolve(action, [item])}
              >
                {t(`grants.drift.action.${action}`)}
              </Button>
            ),
          )}
        </div>
      </div>
    </div>
  );
}

// Thousands of rows: only the one that is selected is drawn again.
const DriftRow = memo(Row);

/** One list of drift, with what can be done about it, one by one or together. */
export function DriftSection(props: {
  title: string;
  words: string;
  none: string;
  kinds: readonly DriftKind[];
  drift: Pages<DriftItem, DriftPage>;
  /** What can be done about all of it. */
  action?: ReactNode;
  /** Always the same function: rows are drawn again where it is another. */
  onResolve: (action: DriftAction, items: DriftItem[]) => void;
}) {
  const { title, words, none, kinds, drift, onResolve } = props;
  const t = useT();
  const locale = useLocale();
  const grid = useRecordGridStyles();
  const classes = useStyles();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const items = drift.value?.items ?? [];
  const chosen = items.filter(item => selected.has(item.id));
  const selectable = items.filter(item => item.actions.length > 0);
  const actions = commonActions(chosen);
  const select = useCallback((ids: string[], on: boolean) => {
    setSelected(before => {
      const next = new Set(before);
      ids.forEach(id => (on ? next.add(id) : next.delete(id)));
      return next;
    });
  }, []);

  return (
    <div className={classes.root}>
      <Section
        title={
          drift.value && items.length > 0
            ? `${title} · ${driftCount(drift.value.last, locale, kinds)}`
            : title
        }
        words={words}
        actions={props.action}
      >
        {drift.loading && <ListSkeleton rows={3} lines={2} />}
        {drift.error && !drift.value && (
          <ErrorState
            error={drift.error}
            what={t('grants.drift.what')}
            permission="data-mesh.grants.read"
            onRetry={() => void drift.reload()}
          />
        )}
        {drift.value && items.length === 0 && <EmptyState title={none} />}
        {chosen.length > 0 && (
          <SelectionBar
            label={t('grants.drift.bulk')}
            words={
              <>
                {t('grants.drift.selected', { count: chosen.length })}
                {actions.length === 0 &&
                  ` · ${t('grants.drift.nothingCommon')}`}
              </>
            }
          >
            {actions.map(action => (
              <Button
                key={action}
                size="small"
                variant="outlined"
                onClick={() => onResolve(action, chosen)}
              >
                {t(`grants.drift.action.${action}`)}
              </Button>
            ))}
          </SelectionBar>
        )}
        {items.length > 0 && (
          <VirtualTable
            label={title}
            className={grid.frame}
            headClassName={`${grid.head} ${classes.columns}`}
            head={
              <>
                <span
                  role="columnheader"
                  className={`${classes.who} ${classes.all}`}
                >
                  <Checkbox
                    className={classes.box}
                    size="small"
                    color="primary"
                    disabled={selectable.length === 0}
                    checked={
                      selectable.length > 0 &&
                      selectable.every(item => selected.has(item.id))
                    }
                    onChange={event =>
                      select(
                        selectable.map(item => item.id),
                        event.target.checked,
                      )
                    }
                    inputProps={{ 'aria-label': t('grants.drift.selectAll') }}
                  />
                  {t('grants.table.principal')}
                </span>
                <span role="columnheader" className={classes.what}>
                  {t('grants.drift.about')}
                </span>
                <span role="columnheader" className={classes.state}>
                  {t('grants.drift.state')}
                </span>
                <span role="cell" className={classes.do} />
              </>
            }
            items={items}
            keyOf={idOf}
            usualHeight={74}
          >
            {(item, index) => (
              <DriftRow
                item={item}
                index={index}
                selected={selected.has(item.id)}
                onSelect={select}
                onResolve={onResolve}
              />
            )}
          </VirtualTable>
        )}
        {drift.value?.more && (
          <div className={grid.more}>
            <Button
              variant="outlined"
              disabled={drift.loadingMore}
              onClick={drift.loadMore}
            >
              {t('grants.drift.more')}
            </Button>
          </div>
        )}
      </Section>
    </div>
  );
}
