import { ReactNode } from 'react';
import type { Purpose } from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { EmptyState, ErrorState, ListSkeleton } from '../../components';
import { useT } from '../../useT';
import { AccessList } from './AccessList';
import { groupsShown, type Shown } from './accessItems';
import type { useMyAccess } from './useMyAccess';
import { useProductsOf } from './useProductsOf';

/** The list of My access in all its states. */
export function MyAccessList(props: {
  loaded: ReturnType<typeof useMyAccess>;
  url: Shown;
  purposes?: readonly Purpose[];
  discover: ReactNode;
  onClear: () => void;
}) {
  const { loaded, url, purposes, discover, onClear } = props;
  const { view, text, productRef } = url;
  const t = useT();
  const { items } = loaded;
  const products = useProductsOf(items);
  const groups = groupsShown(items ?? [], url, Date.now()).map(group => ({
    title: group.of && t(`access.groups.${group.of}`),
    items: group.items,
  }));
  const found = groups.flatMap(group => group.items);
  const isFiltered = Boolean(text || productRef);
  return (
    <>
      {loaded.error && (
        <ErrorState
          error={loaded.error}
          what={t('access.what')}
          permission="data-mesh.entitlement.read"
          onRetry={() => void loaded.reload()}
        />
      )}
      {loaded.loading && (
        <Paper variant="outlined">
          <ListSkeleton rows={5} lines={2} />
        </Paper>
      )}
      {items && items.length === 0 && (
        <Paper variant="outlined">
          <EmptyState
            title={t(`access.empty.${view}Title`)}
            description={t(`access.empty.${view}Words`)}
            action={view === 'active' && discover}
          />
        </Paper>
      )}
      {items && items.length > 0 && found.length === 0 && (
        <Paper variant="outlined">
          <EmptyState
            title={t('access.empty.filteredTitle', {
              text: text || (productRef ?? ''),
            })}
            description={t('access.empty.filteredWords')}
            action={
              <Button variant="outlined" onClick={onClear}>
                {t('access.empty.clear')}
              </Button>
            }
          />
        </Paper>
      )}
      {isFiltered &&
        found.length > 0 &&
        found.length < (items?.length ?? 0) && (
          <Button size="small" color="primary" onClick={onClear}>
            {t('access.empty.clear')}
          </Button>
        )}
      {found.length > 0 && (
        <AccessList
          groups={groups}
          products={products}
          purposes={purposes}
          canTick={view === 'active'}
          onChange={() => void loaded.reload()}
        />
      )}
      {loaded.value?.more && (
        <Typography variant="body2" color="textSecondary">
          {t('access.more', { count: items?.length ?? 0 })}
        </Typography>
      )}
    </>
  );
}
