import { KeyboardEvent, RefObject } from 'react';
import type { ProductSearchItem } from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { useEndReached } from '../../components/list/useEndReached';
import { useT } from '../../useT';
import { ProductResult } from './ProductResult';

const useStyles = makeStyles(theme => ({
  paper: { border: `1px solid ${theme.palette.divider}` },
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    '& > li:first-child': { borderTop: 0 },
  },
  section: {
    padding: theme.spacing(1, 2.25),
    borderTop: `1px solid ${theme.palette.divider}`,
    color: theme.palette.text.secondary,
    background: theme.palette.action.hover,
    fontSize: theme.typography.body2.fontSize,
    fontWeight: 600,
    '& + li': { borderTop: 0 },
  },
  end: {
    display: 'flex',
    justifyContent: 'center',
    padding: theme.spacing(1),
    '& button': { textTransform: 'none' },
  },
}));

/** Puts the focus on the first result. */
export function focusFirst(list: RefObject<HTMLElement>) {
  list.current?.querySelector<HTMLElement>('a[data-result]')?.focus();
}

function moveByArrows(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [
    ...event.currentTarget.querySelectorAll<HTMLElement>('a[data-result]'),
  ];
  const row = (event.target as HTMLElement).closest('li');
  const at = links.findIndex(link => row?.contains(link));
  const next = links[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** The results, which go on when their end comes near. */
export function ResultList(props: {
  products: ProductSearchItem[];
  search: string;
  /** Separates what is suggested from the rest. */
  sections: boolean;
  more: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  listRef: RefObject<HTMLUListElement>;
}) {
  const { products, search, sections, more, loadingMore, loadMore } = props;
  const t = useT();
  const classes = useStyles();
  const end = useEndReached<HTMLDivElement>(more && !loadingMore, loadMore);

  const rows = products.flatMap((product, at) => {
    const row = (
      <ProductResult
        key={product.productRef}
        product={product}
        search={search}
      />
    );
    const before = at > 0 ? products[at - 1].isOfOwnDomain : undefined;
    if (!sections || before === product.isOfOwnDomain) return [row];
    const words = product.isOfOwnDomain
      ? t('discover.suggested')
      : t('discover.others');
    return [
      <li key={words} className={classes.section}>
        {words}
      </li>,
      row,
    ];
  });

  return (
    <>
      <Paper elevation={0} className={classes.paper}>
        {/* The arrows move between the links that stand in the list. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <ul
          className={classes.list}
          ref={props.listRef}
          aria-label={t('discover.list')}
          onKeyDown={moveByArrows}
        >
          {rows}
        </ul>
      </Paper>
      {more && (
        <div className={classes.end} ref={end}>
          <Button size="small" disabled={loadingMore} onClick={loadMore}>
            {t(loadingMore ? 'common.loading' : 'discover.showMore')}
          </Button>
        </div>
      )}
    </>
  );
}
