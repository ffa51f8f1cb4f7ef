import { useDeferredValue, useMemo, useRef, useState } from 'react';
import {
  createProductIndex,
  ProductUsage,
  searchProducts,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import Collapse from '@material-ui/core/Collapse';
import Paper from '@material-ui/core/Paper';
import FilterIcon from '@material-ui/icons/FilterList';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { makeStyles, Theme } from '@material-ui/core/styles';
import { useDataMesh, useLoad } from '../api';
import { EmptyState, ErrorState, ListSkeleton, PageFrame } from '../components';
import { useT } from '../useT';
import { FacetList } from '../product/discover/FacetList';
import { focusFirst, ResultList } from '../product/discover/ResultList';
import { SearchField } from '../product/discover/SearchField';
import { useDiscoverState } from '../product/discover/useDiscoverState';
import { useMyDomains } from '../product/discover/useMyDomains';
import { useProducts } from '../api/useProducts';
import { YourTurnLine } from '../turn/YourTurnLine';

const useStyles = makeStyles(theme => ({
  columns: {
    display: 'grid',
    gridTemplateColumns: '200px minmax(0, 1fr)',
    gap: theme.spacing(2, 3),
    marginTop: theme.spacing(2),
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  paper: { border: `1px solid ${theme.palette.divider}` },
  narrow: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(200px, 1fr))',
    columnGap: theme.spacing(4),
    marginTop: theme.spacing(2),
  },
  notice: { marginBottom: theme.spacing(2) },
}));

const nothing = createProductIndex([]);

/** Search over all data products. */
export function DiscoverPage() {
  const t = useT();
  const classes = useStyles();
  const state = useDiscoverState();
  const { text, sort, page, filters, chosen } = state;
  const narrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  const [filtersOpen, setFiltersOpen] = useState(false);
  const list = useRef<HTMLUListElement>(null);

  const dataMesh = useDataMesh();
  const products = useProducts();
  const usage = useLoad('usage', () => dataMesh.listProductUsage());
  const myDomains = useMyDomains();
  const usageByRef = useMemo(
    () =>
      new Map<string, ProductUsage>(
        usage.value?.items.map(item => [item.productRef, item]),
      ),
    [usage.value],
  );

  // Typing stays quick while many products are searched.
  const search = useDeferredValue(text);
  const result = useMemo(
    () =>
      searchProducts(products.index ?? nothing, {
        text: search,
        filters,
        sort,
        usage: usageByRef,
        preferredDomains: myDomains,
      }),
    [products.index, search, filters, sort, usageByRef, myDomains],
  );

  const total = products.value?.length;
  const domains = useMemo(
    () => new Set(products.value?.map(p => p.spec.domain)).size,
    [products.value],
  );
  const withAccess = usage.value !== undefined;
  const facets = (
    <FacetList
      facets={result.facets}
      state={state}
      // Counts say nothing before there is something to count.
      withAccess={withAccess && products.value !== undefined}
    />
  );

  let content = (
    <ResultList
      hits={result.hits}
      search={search}
      usage={usageByRef}
      withAccess={withAccess}
      page={page}
      onPage={state.setPage}
      sections={
        !search && sort === 'relevance' && result.hits.some(h => h.score > 0)
      }
      listRef={list}
    />
  );
  if (products.loading) {
    content = (
      <Paper elevation={0} className={classes.paper}>
        <ListSkeleton rows={6} />
      </Paper>
    );
  } else if (products.error && !products.value) {
    content = (
      <ErrorState
        error={products.error}
        what={t('discover.whatProducts')}
        onRetry={products.reload}
      />
    );
  } else if (total === 0) {
    content = (
      <Paper elevation={0} className={classes.paper}>
        <EmptyState
          title={t('discover.emptyTitle')}
          description={t('discover.emptyWords')}
        />
      </Paper>
    );
  } else if (!result.hits.length) {
    content = (
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
    <PageFrame
      title={t('pages.discover')}
      subtitle={
        total
          ? t('discover.counts', {
              products: t('discover.products', { count: total }),
              domains: t('discover.domains', { count: domains }),
            })
          : undefined
      }
    >
      <YourTurnLine />
      <SearchField
        text={text}
        onText={state.setText}
        sort={sort}
        onSort={state.setSort}
        results={products.value && result.hits.length}
        onLeave={() => focusFirst(list)}
      />
      <div className={classes.columns}>
        {narrow ? (
          <div>
            <Button
              size="small"
              variant="outlined"
              startIcon={<FilterIcon />}
              aria-expanded={filtersOpen}
              onClick={() => setFiltersOpen(!filtersOpen)}
            >
              {chosen
                ? t('discover.filtersChosen', { number: String(chosen) })
                : t('discover.filters')}
            </Button>
            <Collapse in={filtersOpen} unmountOnExit>
              <div className={classes.narrow}>{facets}</div>
            </Collapse>
          </div>
        ) : (
          <aside aria-label={t('discover.filters')}>{facets}</aside>
        )}
        <div>
          {usage.error && (
            <div className={classes.notice}>
              <ErrorState
                error={usage.error}
                what={t('discover.whatUsage')}
                onRetry={usage.reload}
              />
            </div>
          )}
          {content}
        </div>
      </div>
    </PageFrame>
  );
}
