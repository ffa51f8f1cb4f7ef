import { useRef } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { PageFrame } from '../components';
import { useScrollMemory } from '../components/list/useScrollMemory';
import { DiscoverFilters } from '../product/discover/DiscoverFilters';
import { DiscoverResults } from '../product/discover/DiscoverResults';
import { ReadingNotice } from '../product/discover/ReadingNotice';
import { focusFirst } from '../product/discover/ResultList';
import { SearchField } from '../product/discover/SearchField';
import { useDiscover } from '../product/discover/useDiscover';
import { useDiscoverState } from '../product/discover/useDiscoverState';
import { YourTurnLine } from '../turn/YourTurnLine';
import { useT } from '../useT';

const useStyles = makeStyles(theme => ({
  columns: {
    display: 'grid',
    gridTemplateColumns: '200px minmax(0, 1fr)',
    gap: theme.spacing(2, 3),
    marginTop: theme.spacing(2),
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
}));

/** Search over all data products. */
export function DiscoverPage() {
  const t = useT();
  const classes = useStyles();
  const state = useDiscoverState();
  const found = useDiscover(state);
  const last = found.value?.last;
  const list = useRef<HTMLUListElement>(null);
  const page = useScrollMemory<HTMLDivElement>(last !== undefined);

  return (
    <PageFrame
      title={t('pages.discover')}
      subtitle={
        last && last.mesh.products > 0
          ? t('discover.counts', {
              products: t('discover.products', { count: last.mesh.products }),
              domains: t('discover.domains', { count: last.mesh.domains }),
            })
          : undefined
      }
    >
      <YourTurnLine />
      <SearchField
        text={state.text}
        onText={state.setText}
        sort={state.sort}
        onSort={state.setSort}
        results={last?.total}
        onLeave={() => focusFirst(list)}
      />
      {last && (
        <ReadingNotice
          text={state.text}
          readAs={last.readAs}
          readings={last.readings}
          onExact={state.setExact}
        />
      )}
      <div className={classes.columns} ref={page}>
        <DiscoverFilters facets={last?.facets} state={state} />
        <div>
          <DiscoverResults found={found} state={state} listRef={list} />
        </div>
      </div>
    </PageFrame>
  );
}
