import { RefObject } from 'react';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { EmptyState, ErrorState } from '../../components';
import { useT } from '../../useT';
import { ResultList } from './ResultList';
import { ResultSkeleton } from './ResultSkeleton';
import type { useDiscover } from './useDiscover';
import type { DiscoverState } from './useDiscoverState';

const useStyles = makeStyles(theme => ({
  paper: { border: `1px solid ${theme.palette.divider}` },
  notice: { marginTop: theme.spacing(2) },
}));

/** What was found, or why there is nothing. */
export function DiscoverResults(props: {
  found: ReturnType<typeof useDiscover>;
  state: DiscoverState;
  listRef: RefObject<HTMLUListElement>;
}) {
  const { found, state, listRef } = props;
  const { value, error } = found;
  const t = useT();
  const classes = useStyles();
  const failure = error && (
    <ErrorState
      error={error}
      what={t('discover.whatProducts')}
      onRetry={() => void found.reload()}
    />
  );
  if (!value) return failure ?? <ResultSkeleton />;
  const { items, last, more } = value;
  if (last.mesh.products === 0) {
    return (
      <Paper elevation={0} className={classes.paper}>
        <EmptyState
          title={t('discover.emptyTitle')}
          description={t('discover.emptyWords')}
        />
      </Paper>
    );
  }
  if (items.length === 0) {
    return (
      <Paper elevation={0} className={classes.paper}>
        <EmptyState
          title={t('discover.nothingTitle')}
          description={t('discover.nothingWords')}
          action={
            <Button variant="outlined" onClick={() => state.clearFilters(true)}>
              {t('discover.clearAll')}
            </Button>
          }
        />
      </Paper>
    );
  }
  return (
    <>
      <ResultList
        products={items}
        search={last.readAs}
        sections={
          !found.search &&
          state.sort === 'relevance' &&
          items.some(product => product.isOfOwnDomain)
        }
        more={more && !error}
        loadingMore={found.loadingMore}
        loadMore={found.loadMore}
        listRef={listRef}
      />
      {failure && <div className={classes.notice}>{failure}</div>}
    </>
  );
}
