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
  notice: { marginBottom: theme.spacing(2) },
}));

/** What was found, or why there is nothing. */
export function DiscoverResults(props: {
  found: ReturnType<typeof useDiscover>;
  state: DiscoverState;
  listRef: RefObject<HTMLUListElement>;
}) {
  const { found, state, listRef } = props;
  const { products, usage, result, search } = found;
  const t = useT();
  const classes = useStyles();
  if (products.error && !products.value) {
    return (
      <ErrorState
        error={products.error}
        what={t('discover.whatProducts')}
        onRetry={products.reload}
      />
    );
  }
  if (found.loading) return <ResultSkeleton />;
  if (products.value?.length === 0) {
    return (
      <Paper elevation={0} className={classes.paper}>
        <EmptyState
          title={t('discover.emptyTitle')}
          description={t('discover.emptyWords')}
        />
      </Paper>
    );
  }
  return (
    <>
      {usage.error && (
        <div className={classes.notice}>
          <ErrorState
            error={usage.error}
            what={t('discover.whatUsage')}
            onRetry={usage.reload}
          />
        </div>
      )}
      {result.hits.length === 0 ? (
        <Paper elevation={0} className={classes.paper}>
          <EmptyState
            title={t('discover.nothingTitle')}
            description={t('discover.nothingWords')}
            action={
              <Button
                variant="outlined"
                onClick={() => state.clearFilters(true)}
              >
                {t('discover.clearAll')}
              </Button>
            }
          />
        </Paper>
      ) : (
        <ResultList
          hits={result.hits}
          search={result.readAs}
          usage={found.usageByRef}
          withAccess={usage.value !== undefined}
          owns={found.owns}
          page={state.page}
          onPage={state.setPage}
          sections={
            !search &&
            state.sort === 'relevance' &&
            result.hits.some(hit => hit.score > 0)
          }
          listRef={listRef}
        />
      )}
    </>
  );
}
