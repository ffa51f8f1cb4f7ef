import { ReactNode, useState } from 'react';
import type {
  FacetName,
  FacetValue,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../../useT';
import { DiscoverState } from './useDiscoverState';

const AT_FIRST = 6;

const useStyles = makeStyles(theme => ({
  group: {
    border: 0,
    margin: theme.spacing(0, 0, 2),
    padding: 0,
    minWidth: 0,
  },
  legend: {
    padding: 0,
    fontSize: theme.typography.body2.fontSize,
    fontWeight: 700,
    marginBottom: theme.spacing(0.25),
  },
  value: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    minHeight: 32,
    fontSize: theme.typography.body2.fontSize,
    cursor: 'pointer',
    borderRadius: theme.shape.borderRadius,
    '&:hover': { background: theme.palette.action.hover },
  },
  box: {
    margin: theme.spacing(0, 0, 0, 0.25),
    width: 15,
    height: 15,
    flexShrink: 0,
    accentColor: theme.palette.primary.main,
  },
  words: {
    flex: 1,
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  chosen: { fontWeight: 700 },
  count: { color: theme.palette.text.secondary },
  more: {
    textTransform: 'none',
    minHeight: 32,
    padding: theme.spacing(0, 0.5),
  },
}));

function Choice(props: {
  type: 'checkbox' | 'radio';
  name: string;
  checked: boolean;
  count: number;
  onChange: () => void;
  children: ReactNode;
}) {
  const { type, name, checked, count, onChange, children } = props;
  const classes = useStyles();
  return (
    <label className={classes.value}>
      <input
        className={classes.box}
        type={type}
        name={name}
        checked={checked}
        onChange={onChange}
      />
      <span className={`${classes.words} ${checked ? classes.chosen : ''}`}>
        {children}
      </span>
      {/* The space parts them for screen readers. */}{' '}
      <span className={classes.count}>{count}</span>
    </label>
  );
}

function useWordsOf(): (facet: FacetName, value: string) => ReactNode {
  const t = useT();
  return (facet, value) => {
    if (facet === 'domain' || facet === 'owner') {
      return <EntityDisplayName entityRef={value} hideIcon />;
    }
    if (facet === 'classification') {
      switch (value) {
        case 'public':
        case 'internal':
        case 'confidential':
        case 'restricted':
        case 'unclassified':
          return t(`discover.classification.${value}`);
        default:
          return value;
      }
    }
    if (facet === 'lifecycle') {
      switch (value) {
        case 'proposed':
        case 'draft':
        case 'active':
        case 'deprecated':
        case 'retired':
          return t(`state.${value}`);
        default:
          return value;
      }
    }
    return value;
  };
}

function Facet(props: {
  facet: Exclude<FacetName, 'access'>;
  values: FacetValue[];
  state: DiscoverState;
}) {
  const { facet, values, state } = props;
  const t = useT();
  const classes = useStyles();
  const wordsOf = useWordsOf();
  const [all, setAll] = useState(false);
  if (!values.length) return null;
  const chosen = state.filters[facet] ?? [];
  // What is chosen is never folded away.
  const shown = all
    ? values
    : values.filter(({ value }, at) => at < AT_FIRST || chosen.includes(value));
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{t(`discover.facet.${facet}`)}</legend>
      {shown.map(({ value, count }) => (
        <Choice
          key={value}
          type="checkbox"
          name={facet}
          checked={chosen.includes(value)}
          count={count}
          onChange={() =>
            state.setFacet(
              facet,
              chosen.includes(value)
                ? chosen.filter(one => one !== value)
                : [...chosen, value],
            )
          }
        >
          {wordsOf(facet, value)}
        </Choice>
      ))}
      {values.length > AT_FIRST && (
        <Button
          className={classes.more}
          size="small"
          color="primary"
          onClick={() => setAll(!all)}
        >
          {all
            ? t('discover.fewer')
            : t('discover.more', {
                number: String(values.length - shown.length),
              })}
        </Button>
      )}
    </fieldset>
  );
}

function AccessFacet(props: { values: FacetValue[]; state: DiscoverState }) {
  const { values, state } = props;
  const t = useT();
  const classes = useStyles();
  const [chosen] = state.filters.access ?? [];
  const countOf = (value: string) =>
    values.find(one => one.value === value)?.count ?? 0;
  const total = values.reduce((sum, { count }) => sum + count, 0);
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{t('discover.facet.access')}</legend>
      <Choice
        type="radio"
        name="access"
        checked={!chosen}
        count={total}
        onChange={() => state.setFacet('access', [])}
      >
        {t('discover.access.all')}
      </Choice>
      {(['have', 'requested', 'none'] as const).map(value => (
        <Choice
          key={value}
          type="radio"
          name="access"
          checked={chosen === value}
          count={countOf(value)}
          onChange={() => state.setFacet('access', [value])}
        >
          {t(`discover.access.${value}`)}
        </Choice>
      ))}
    </fieldset>
  );
}

/** What the results can be narrowed by, with what each choice leads to. */
export function FacetList(props: {
  facets: Record<FacetName, FacetValue[]>;
  state: DiscoverState;
}) {
  const { facets, state } = props;
  const t = useT();
  return (
    <>
      <Facet facet="domain" values={facets.domain} state={state} />
      <AccessFacet values={facets.access} state={state} />
      <Facet
        facet="classification"
        values={facets.classification}
        state={state}
      />
      <Facet facet="lifecycle" values={facets.lifecycle} state={state} />
      <Facet facet="owner" values={facets.owner} state={state} />
      <Facet facet="tag" values={facets.tag} state={state} />
      {state.chosen > 0 && (
        <Button
          size="small"
          variant="outlined"
          onClick={() => state.clearFilters(false)}
        >
          {t('discover.clearFilters')}
        </Button>
      )}
    </>
  );
}
