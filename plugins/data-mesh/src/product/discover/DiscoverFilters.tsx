import { useState } from 'react';
import type { ProductSearchPage } from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import Collapse from '@material-ui/core/Collapse';
import FilterIcon from '@material-ui/icons/FilterList';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { makeStyles, Theme } from '@material-ui/core/styles';
import { useT } from '../../useT';
import { FacetList } from './FacetList';
import type { DiscoverState } from './useDiscoverState';

const useStyles = makeStyles(theme => ({
  narrow: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(200px, 1fr))',
    columnGap: theme.spacing(4),
    marginTop: theme.spacing(2),
  },
}));

/** The facets, beside the results or folded above them. */
export function DiscoverFilters(props: {
  /** Absent until there is something to count. */
  facets: ProductSearchPage['facets'] | undefined;
  state: DiscoverState;
}) {
  const { facets, state } = props;
  const t = useT();
  const classes = useStyles();
  const narrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  const [open, setOpen] = useState(false);
  const list = facets && <FacetList facets={facets} state={state} />;
  if (!narrow) return <aside aria-label={t('discover.filters')}>{list}</aside>;
  return (
    <div>
      <Button
        size="small"
        variant="outlined"
        startIcon={<FilterIcon />}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {state.chosen
          ? t('discover.filtersChosen', { number: String(state.chosen) })
          : t('discover.filters')}
      </Button>
      <Collapse in={open} unmountOnExit>
        <div className={classes.narrow}>{list}</div>
      </Collapse>
    </div>
  );
}
