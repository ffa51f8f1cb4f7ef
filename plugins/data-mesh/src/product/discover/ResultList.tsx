import { KeyboardEvent, RefObject } from 'react';
import type {
  ProductHit,
  ProductUsage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import IconButton from '@material-ui/core/IconButton';
import Paper from '@material-ui/core/Paper';
import PreviousIcon from '@material-ui/icons/ChevronLeft';
import NextIcon from '@material-ui/icons/ChevronRight';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../../useT';
import { ProductResult } from './ProductResult';

/** Results on one page: more than anybody reads, fast to draw. */
export const PAGE_SIZE = 25;

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
  pages: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'flex-end',
    gap: theme.spacing(0.5),
    marginTop: theme.spacing(1),
    fontSize: theme.typography.body2.fontSize,
  },
  step: { padding: theme.spacing(0.75) },
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

/** One page of results. */
export function ResultList(props: {
  hits: ProductHit[];
  search: string;
  usage: ReadonlyMap<string, ProductUsage>;
  withAccess: boolean;
  /** Whether the caller answers for a product. */
  owns: (product: ProductHit['product']) => boolean;
  page: number;
  onPage: (page: number) => void;
  /** Separates what is suggested from the rest. */
  sections: boolean;
  listRef: RefObject<HTMLUListElement>;
}) {
  const { hits, search, usage, withAccess, page, onPage, sections } = props;
  const t = useT();
  const classes = useStyles();
  const pages = Math.max(1, Math.ceil(hits.length / PAGE_SIZE));
  const current = Math.min(page, pages);
  const from = (current - 1) * PAGE_SIZE;
  const shown = hits.slice(from, from + PAGE_SIZE);

  const rows = shown.flatMap((hit, at) => {
    const row = (
      <ProductResult
        key={hit.ref}
        hit={hit}
        search={search}
        usage={usage.get(hit.ref)}
        withAccess={withAccess}
        owns={props.owns(hit.product)}
      />
    );
    const before = at > 0 ? shown[at - 1].score : undefined;
    if (!sections || before === hit.score) return [row];
    const words =
      hit.score > 0 ? t('discover.suggested') : t('discover.others');
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
      {pages > 1 && (
        <nav className={classes.pages} aria-label={t('discover.pages')}>
          {t('discover.page', {
            from: String(from + 1),
            to: String(from + shown.length),
            total: String(hits.length),
          })}
          <IconButton
            className={classes.step}
            aria-label={t('discover.previous')}
            disabled={current === 1}
            onClick={() => onPage(current - 1)}
          >
            <PreviousIcon />
          </IconButton>
          <IconButton
            className={classes.step}
            aria-label={t('discover.next')}
            disabled={current === pages}
            onClick={() => onPage(current + 1)}
          >
            <NextIcon />
          </IconButton>
        </nav>
      )}
    </>
  );
}
