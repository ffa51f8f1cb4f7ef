import { KeyboardEvent, useEffect, useRef } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { ClaimRow } from '../../place/ClaimRow';
import { PublicationRow } from '../../publication/PublicationRow';
import { useT } from '../../useT';
import type { InboxItem } from './inboxItem';
import { RequestRow } from './RequestRow';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  more: { padding: theme.spacing(1.5), textAlign: 'center' },
}));

/**
 * What is in the inbox. Arrows move through it, Enter opens the item that has
 * the focus, x selects it.
 */
export function InboxListView(props: {
  items: readonly InboxItem[];
  openId?: string;
  more: boolean;
  loadingMore: boolean;
  ownershipRefs: readonly string[];
  /** Undefined where nothing can be selected. Only requests can. */
  selected?: ReadonlySet<string>;
  showState: boolean;
  linkTo: (id: string) => string;
  onMove: (id: string) => void;
  onOpen: (id: string) => void;
  onSelect: (id: string, selected: boolean) => void;
  onLoadMore: () => void;
}) {
  const { items, openId, selected, showState, onMove, onOpen, onSelect } =
    props;
  const t = useT();
  const classes = useStyles();
  const rows = useRef(new Map<string, HTMLAnchorElement>());
  const moved = useRef(false);
  const focusId = items.some(item => item.id === openId)
    ? openId
    : items[0]?.id;

  useEffect(() => {
    if (!moved.current || !openId) return;
    moved.current = false;
    rows.current.get(openId)?.focus();
  }, [openId]);

  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const { id, kind } = items[index];
    let next: InboxItem | undefined;
    switch (event.key) {
      case 'ArrowDown':
        next = items[Math.min(index + 1, items.length - 1)];
        break;
      case 'ArrowUp':
        next = items[Math.max(index - 1, 0)];
        break;
      case 'Home':
        next = items[0];
        break;
      case 'End':
        next = items[items.length - 1];
        break;
      case 'Enter':
        event.preventDefault();
        onOpen(id);
        return;
      case 'x':
        if (
          selected &&
          kind === 'request' &&
          !event.metaKey &&
          !event.ctrlKey
        ) {
          event.preventDefault();
          onSelect(id, !selected.has(id));
        }
        return;
      default:
        return;
    }
    event.preventDefault();
    moved.current = true;
    rows.current.get(next.id)?.focus();
    onMove(next.id);
  };

  const row = (item: InboxItem, index: number) => {
    const place = {
      key: item.id,
      ref: (element: HTMLAnchorElement | null) => {
        if (element) rows.current.set(item.id, element);
        else rows.current.delete(item.id);
      },
      to: props.linkTo(item.id),
      open: item.id === openId,
      focusable: item.id === focusId,
      onKeyDown: (event: KeyboardEvent) => onKeyDown(event, index),
    };
    switch (item.kind) {
      case 'claim':
        return <ClaimRow {...place} claim={item.claim} showState={showState} />;
      case 'publication':
        return (
          <PublicationRow
            {...place}
            publication={item.publication}
            showState={showState}
          />
        );
      default:
        return (
          <RequestRow
            {...place}
            request={item.request}
            ownershipRefs={props.ownershipRefs}
            selected={selected?.has(item.id)}
            showState={showState}
            onSelect={on => onSelect(item.id, on)}
          />
        );
    }
  };

  return (
    <div>
      <ul
        className={classes.list}
        aria-label={t('requests.list.label')}
        title={t('requests.list.keys')}
      >
        {items.map(row)}
      </ul>
      {props.more && (
        <div className={classes.more}>
          <Button
            size="small"
            variant="outlined"
            disabled={props.loadingMore}
            onClick={props.onLoadMore}
          >
            {props.loadingMore
              ? t('requests.list.loadingMore')
              : t('requests.list.loadMore')}
          </Button>
        </div>
      )}
    </div>
  );
}
