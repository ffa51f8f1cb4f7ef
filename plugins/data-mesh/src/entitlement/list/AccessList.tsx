import type {
  DataProductEntity,
  EntitlementDetail,
  Purpose,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useTicks } from '../../components';
import { purposeTitle } from '../../scope/requestWords';
import { useT } from '../../useT';
import { useRenewal } from '../actions/useRenewal';
import { aboutOf, type AccessItem } from './accessItems';
import { AccessRow } from './AccessRow';
import { AccessSelection } from './AccessSelection';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  head: {
    padding: theme.spacing(1, 2),
    fontWeight: 600,
    fontSize: theme.typography.body2.fontSize,
    background: theme.palette.action.hover,
  },
}));

/** Accesses and requests in groups, one line each. */
export function AccessList(props: {
  groups: ReadonlyArray<{ title?: string; items: readonly AccessItem[] }>;
  products?: ReadonlyMap<string, DataProductEntity>;
  purposes?: readonly Purpose[];
  /** Whether rows can be ticked, to renew or give up several. */
  canTick: boolean;
  onChange: (changed?: EntitlementDetail) => void;
}) {
  const { groups, products, purposes, canTick, onChange } = props;
  const t = useT();
  const classes = useStyles();
  const { renew, isRenewing } = useRenewal(onChange);
  const shown = groups.filter(({ items }) => items.length > 0);
  const all = shown.flatMap(({ items }) => items);
  const { ids, tick, clear } = useTicks();
  const ticked = all.flatMap(item =>
    item.kind === 'access' && ids.has(item.id) ? [item.access] : [],
  );
  const principals = new Set(all.map(item => aboutOf(item).principal.id));
  const does = {
    onRenew: (access: Parameters<typeof renew>[0][number]) =>
      void renew([access]),
    isRenewing,
    onChange,
  };
  return (
    <Paper variant="outlined">
      {ticked.length > 0 && (
        <AccessSelection
          accesses={ticked}
          onRenew={() => {
            void renew(ticked);
            clear();
          }}
          onClear={clear}
          onChange={onChange}
        />
      )}
      {shown.map(({ title, items }) => (
        <section key={title ?? ''} aria-label={title}>
          {title && (
            <Typography component="h2" className={classes.head}>
              {t('access.groups.number', {
                title,
                number: String(items.length),
              })}
            </Typography>
          )}
          <ul className={classes.list}>
            {items.map(item => {
              const about = aboutOf(item);
              return (
                <AccessRow
                  key={item.id}
                  item={item}
                  product={products?.get(about.productRef)}
                  withPrincipal={principals.size > 1}
                  purposeTitle={id => purposeTitle(id, purposes)}
                  isFirst={item === all[0]}
                  selected={
                    canTick
                      ? ticked.some(({ id }) => id === item.id)
                      : undefined
                  }
                  onSelect={on => tick(item.id, on)}
                  does={does}
                />
              );
            })}
          </ul>
        </section>
      ))}
    </Paper>
  );
}
