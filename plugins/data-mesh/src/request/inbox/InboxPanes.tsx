import type { Me } from '@lakemesh/backstage-plugin-data-mesh-common';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { useNavigate } from 'react-router-dom';
import { CardSkeleton, ListSkeleton } from '../../components';
import { InboxListView } from './InboxListView';
import { InboxSelection } from './InboxSelection';
import { OpenItem } from './OpenItem';
import { RequestsEmpty } from './RequestsEmpty';
import type { useInboxPage } from './useInboxPage';

const useStyles = makeStyles(theme => ({
  panes: {
    display: 'grid',
    gridTemplateColumns: 'minmax(320px, 2fr) minmax(0, 3fr)',
    alignItems: 'stretch',
  },
  list: { minWidth: 0 },
  pane: { minWidth: 0, borderLeft: `1px solid ${theme.palette.divider}` },
  loading: { padding: theme.spacing(2, 2.5) },
}));

/** The list, and what is open beside it. */
export function InboxPanes(props: {
  page: ReturnType<typeof useInboxPage>;
  me?: Me;
}) {
  const { page, me } = props;
  const { inbox, items, openId, narrow, url, change } = page;
  const classes = useStyles();
  const navigate = useNavigate();
  const list = inbox.requests;
  // Beside an empty list there is nothing to look at.
  const single = narrow || (!openId && !list.loading);
  return (
    <Paper variant="outlined" className={single ? undefined : classes.panes}>
      <div className={classes.list}>
        {page.ticked.length > 0 && <InboxSelection page={page} />}
        {list.loading && <ListSkeleton rows={4} />}
        {list.value && items.length === 0 && (
          <RequestsEmpty
            view={url.view}
            filtered={Boolean(url.text || url.state)}
            onClear={() => change({ text: '', state: undefined })}
          />
        )}
        {items.length > 0 && (
          <InboxListView
            items={items}
            openId={openId}
            more={list.value?.more ?? false}
            loadingMore={list.loadingMore}
            ownershipRefs={me?.ownershipRefs ?? []}
            selected={page.tickedIds}
            showState={!page.isToDecide}
            linkTo={page.linkTo}
            onMove={id => !narrow && page.open(id)}
            onOpen={id => navigate(page.pageOf(id))}
            onSelect={page.tick}
            onLoadMore={list.loadMore}
          />
        )}
      </div>
      {!single && (
        <div className={classes.pane}>
          {openId ? (
            <OpenItem
              key={openId}
              itemId={openId}
              me={me}
              failed={page.decisions.failed}
              onChange={page.refresh}
              onDecide={page.isToDecide ? page.decide : undefined}
              onCaseDecided={() => page.openNext(openId)}
            />
          ) : (
            <div className={classes.loading}>
              <CardSkeleton lines={8} />
            </div>
          )}
        </div>
      )}
    </Paper>
  );
}
