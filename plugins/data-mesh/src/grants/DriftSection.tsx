import { ReactNode, useState } from 'react';
import type {
  DriftAction,
  DriftItem,
  DriftPage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import WarningIcon from '@material-ui/icons/WarningOutlined';
import { makeStyles } from '@material-ui/core/styles';
import { Pages } from '../api';
import {
  CodeWords,
  EmptyState,
  ErrorState,
  ListSkeleton,
  PrincipalLabel,
  RelativeTime,
  SelectionBar,
  ToneChip,
} from '../components';
import { useDataTableStyles } from '../product/dataTableStyles';
import { Section } from '../product/Section';
import { useT } from '../useT';

const ACTIONS: readonly DriftAction[] = ['reapply', 'adopt', 'revoke'];

const useStyles = makeStyles(theme => ({
  root: { marginBottom: theme.spacing(3) },
  more: { padding: theme.spacing(1.5), textAlign: 'center' },
  box: { padding: theme.spacing(0.5), margin: theme.spacing(-0.5, 0) },
  who: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(0.75),
  },
}));

/** The actions that all of some drift have in common. */
export const commonActions = (items: readonly DriftItem[]): DriftAction[] =>
  items.length === 0
    ? []
    : ACTIONS.filter(action =>
        items.every(item => item.actions.includes(action)),
      );

function DriftRow(props: {
  item: DriftItem;
  selected: boolean;
  onSelect: (on: boolean) => void;
  onResolve: (action: DriftAction) => void;
}) {
  const { item, selected, onSelect, onResolve } = props;
  const t = useT();
  const table = useDataTableStyles();
  const classes = useStyles();
  const principal = item.grant?.grant.principal ?? item.entitlement?.principal;
  const Icon = item.kind === 'excess' ? ErrorIcon : WarningIcon;
  const products =
    item.productRefs ?? (item.entitlement ? [item.entitlement.productRef] : []);
  return (
    <tr>
      <th scope="row">
        <div className={classes.who}>
          <Checkbox
            className={classes.box}
            size="small"
            color="primary"
            checked={selected}
            disabled={item.actions.length === 0}
            onChange={event => onSelect(event.target.checked)}
            inputProps={{
              'aria-label': t('grants.drift.select', { words: item.words }),
            }}
          />
          {principal && <PrincipalLabel principal={principal} />}
        </div>
      </th>
      <td className={table.wide}>
        <CodeWords text={item.words} />
        {products.map(ref => (
          <div key={ref} className={table.quiet}>
            <EntityRefLink entityRef={ref} />
          </div>
        ))}
      </td>
      <td>
        <ToneChip
          tone={item.kind === 'excess' ? 'bad' : 'attention'}
          icon={<Icon aria-hidden />}
          label={t(`grants.drift.kind.${item.kind}`)}
        />
      </td>
      <td className={table.line}>
        <RelativeTime value={item.since} />
      </td>
      <td>
        <div className={table.buttons}>
          {ACTIONS.filter(action => item.actions.includes(action)).map(
            action => (
              <Button
                key={action}
                size="small"
                className={action === 'revoke' ? table.danger : undefined}
                onClick={() => onResolve(action)}
              >
                {t(`grants.drift.action.${action}`)}
              </Button>
            ),
          )}
        </div>
      </td>
    </tr>
  );
}

/** One list of drift, with what can be done about it, one by one or together. */
export function DriftSection(props: {
  title: string;
  words: string;
  none: string;
  drift: Pages<DriftItem, DriftPage>;
  /** What can be done about all of it. */
  action?: ReactNode;
  onResolve: (action: DriftAction, items: DriftItem[]) => void;
}) {
  const { title, words, none, drift, onResolve } = props;
  const t = useT();
  const table = useDataTableStyles();
  const classes = useStyles();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const items = drift.value?.items ?? [];
  const chosen = items.filter(item => selected.has(item.id));
  const selectable = items.filter(item => item.actions.length > 0);
  const actions = commonActions(chosen);
  const select = (ids: string[], on: boolean) =>
    setSelected(before => {
      const next = new Set(before);
      ids.forEach(id => (on ? next.add(id) : next.delete(id)));
      return next;
    });

  return (
    <div className={classes.root}>
      <Section title={title} words={words} actions={props.action}>
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
          <table className={table.table} aria-label={title}>
            <thead>
              <tr>
                <th scope="col">
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
                </th>
                <th scope="col">{t('grants.drift.about')}</th>
                <th scope="col">{t('grants.scan.state')}</th>
                <th scope="col">{t('grants.drift.since')}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {items.map(item => (
                <DriftRow
                  key={item.id}
                  item={item}
                  selected={selected.has(item.id)}
                  onSelect={on => select([item.id], on)}
                  onResolve={action => onResolve(action, [item])}
                />
              ))}
            </tbody>
          </table>
        )}
        {drift.value?.more && (
          <div className={classes.more}>
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
