import { ReactNode } from 'react';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import { makeStyles } from '@material-ui/core/styles';
import type { DriftItem } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  EmptyState,
  ErrorState,
  ListSkeleton,
  VirtualTable,
} from '../../components';
import { grantsRouteRef } from '../../routes';
import { useLocale } from '../../useMoment';
import { useT } from '../../useT';
import { GrantsUrl, writeGrantsUrl } from '../grantsUrl';
import { driftCount } from './driftCount';
import { DriftRow } from './DriftRow';
import type { DriftGroup, DriftPageState } from './useDriftPage';

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    minHeight: 40,
    padding: theme.spacing(0, 1.5, 0, 1),
    background: theme.palette.background.default,
    color: theme.palette.text.secondary,
  },
  title: { flex: 1 },
  box: { padding: theme.spacing(0.75) },
  more: { padding: theme.spacing(1.5), textAlign: 'center' },
}));

const idOf = ({ id }: DriftItem) => id;

/** One of the lists of drift. */
export function DriftList(props: {
  group: DriftGroup;
  page: DriftPageState;
  url: GrantsUrl;
  /** What can be done about all of it. */
  action?: ReactNode;
}) {
  const { group, page, url, action } = props;
  const { kinds, pages } = page.groups[group];
  const t = useT();
  const locale = useLocale();
  const classes = useStyles();
  const grantsLink = useRouteRef(grantsRouteRef);
  if (kinds.length === 0) return null;
  const title = t(`grants.drift.${group}`);
  const items = pages.value?.items ?? [];
  const selectable = items.filter(({ actions }) => actions.length > 0);
  const linkTo = (id: string) =>
    `${grantsLink()}?${writeGrantsUrl({ ...url, id })}`;
  return (
    <>
      {pages.loading && <ListSkeleton rows={3} lines={3} />}
      {pages.error && !pages.value && (
        <ErrorState
          error={pages.error}
          what={t('grants.drift.what')}
          permission="data-mesh.grants.read"
          onRetry={() => void pages.reload()}
        />
      )}
      {pages.value && items.length === 0 && (
        <EmptyState title={t(`grants.drift.${group}None`)} />
      )}
      {pages.value && items.length > 0 && (
        <VirtualTable
          label={title}
          className=""
          scrollsWithPage
          headClassName={classes.head}
          head={
            <>
              <span role="columnheader" className={classes.title}>
                <Checkbox
                  className={classes.box}
                  size="small"
                  color="primary"
                  disabled={selectable.length === 0}
                  checked={
                    selectable.length > 0 &&
                    selectable.every(({ id }) => page.tickedIds.has(id))
                  }
                  onChange={event =>
                    page.tick(selectable.map(idOf), event.target.checked)
                  }
                  inputProps={{ 'aria-label': t('grants.drift.selectAll') }}
                />
                {title} · {driftCount(pages.value.last, locale, kinds)}
              </span>
              {action && <span role="columnheader">{action}</span>}
            </>
          }
          items={items}
          keyOf={idOf}
          usualHeight={84}
        >
          {(item, index) => (
            <DriftRow
              item={item}
              index={index}
              open={item.id === page.open?.id}
              selected={page.tickedIds.has(item.id)}
              to={linkTo(item.id)}
              onSelect={page.tick}
            />
          )}
        </VirtualTable>
      )}
      {pages.value?.more && (
        <div className={classes.more}>
          <Button
            variant="outlined"
            size="small"
            disabled={pages.loadingMore}
            onClick={pages.loadMore}
          >
            {t('grants.drift.more')}
          </Button>
        </div>
      )}
    </>
  );
}
