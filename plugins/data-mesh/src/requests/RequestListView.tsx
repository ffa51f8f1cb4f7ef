import { KeyboardEvent, useEffect, useRef } from 'react';
import type { AccessRequest } from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../useT';
import { RequestRow } from './RequestRow';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  more: { padding: theme.spacing(1.5), textAlign: 'center' },
}));

/**
 * The requests. Arrows move through them, Enter opens the one that has the
 * focus, x selects it.
 */
export function RequestListView(props: {
  items: readonly AccessRequest[];
  openId?: string;
  more: boolean;
  loadingMore: boolean;
  ownershipRefs: readonly string[];
  /** Undefined where nothing can be selected. */
  selected?: ReadonlySet<string>;
  showState: boolean;
  linkTo: (id: string) => string;
  onMove: (id: string) => void;
  onOpen: (id: string) => void;
  onSelect: (id: string, selected: boolean) => void;
  onLoadMore: () => void;
}) {
  const { items, openId, selected, onMove, onOpen, onSelect } = props;
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
    const { id } = items[index];
    let next: AccessRequest | undefined;
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
        if (selected && !event.metaKey && !event.ctrlKey) {
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

  return (
    <div>
      <ul
        className={classes.list}
        aria-label={t('requests.list.label')}
        title={t('requests.list.keys')}
      >
        {items.map((request, index) => (
          <RequestRow
            key={request.id}
            ref={element => {
              if (element) rows.current.set(request.id, element);
              else rows.current.delete(request.id);
            }}
            request={request}
            to={props.linkTo(request.id)}
            open={request.id === openId}
            focusable={request.id === focusId}
            ownershipRefs={props.ownershipRefs}
            selected={selected?.has(request.id)}
            showState={props.showState}
            onSelect={on => onSelect(request.id, on)}
            onKeyDown={event => onKeyDown(event, index)}
          />
        ))}
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
