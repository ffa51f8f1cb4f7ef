import type {
  PlaceContents,
  PlaceOverlap,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords, RelativeTime, SubTitle } from '../components';
import { PrincipalLabel } from '../principal/PrincipalLabel';
import { useT } from '../useT';

const useStyles = makeStyles(theme => ({
  head: { display: 'flex', alignItems: 'baseline', gap: theme.spacing(1) },
  quiet: {
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
  },
  box: {
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    overflow: 'hidden',
    marginBottom: theme.spacing(2),
    fontSize: theme.typography.body2.fontSize,
  },
  numbers: {
    display: 'grid',
    gridTemplateColumns: 'repeat(4, minmax(0, 1fr))',
    [theme.breakpoints.down('sm')]: {
      gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    },
    // The lines between the cells.
    gap: 1,
    backgroundColor: theme.palette.divider,
    margin: 0,
  },
  number: {
    padding: theme.spacing(1, 1.5),
    backgroundColor: theme.palette.background.paper,
    '& dt': { display: 'inline' },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
    minWidth: 0,
  },
  big: { fontSize: theme.typography.pxToRem(18), fontWeight: 700 },
  rows: { listStyle: 'none', margin: 0, padding: 0 },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 2fr) minmax(0, 1fr)',
    gap: theme.spacing(1),
    alignItems: 'center',
    padding: theme.spacing(0.5, 1.5),
    borderTop: `1px solid ${theme.palette.divider}`,
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  names: { overflowWrap: 'anywhere' },
  unknown: {
    margin: theme.spacing(0, 0, 2),
    paddingLeft: theme.spacing(2.5),
    fontSize: theme.typography.body2.fontSize,
  },
}));

/** What is in a place today; what could not be looked at is said so. */
export function PlaceContentsView(props: {
  contents: PlaceContents;
  overlaps: readonly PlaceOverlap[];
  domainRef: string;
}) {
  const { contents, overlaps, domainRef } = props;
  const { tables, principals, products, hiddenProducts = 0 } = contents;
  const t = useT();
  const classes = useStyles();
  const count = (known: number | undefined, more?: boolean) =>
    known === undefined ? '?' : `${known}${more ? '+' : ''}`;
  const ofOthers = products.filter(
    product => product.domainRef !== domainRef,
  ).length;
  const morePrincipals =
    (principals.count ?? principals.sample.length) - principals.sample.length;
  return (
    <section aria-label={t('places.claim.today')}>
      <div className={classes.head}>
        <SubTitle component="h3">{t('places.claim.today')}</SubTitle>
        <span className={classes.quiet}>
          <RelativeTime
            value={contents.checkedAt}
            prefix={t('places.claim.checked')}
          />
        </span>
      </div>
      <div className={classes.box}>
        <dl className={classes.numbers}>
          <div className={classes.number}>
            <dt>
              <span className={classes.big}>
                {count(tables.count, tables.atLeast)}
              </span>{' '}
              {t('places.claim.tables', { count: tables.count ?? 2 })}
            </dt>
            <dd className={classes.quiet}>
              {tables.personalColumns
                ? t('places.claim.personal', { count: tables.personalColumns })
                : tables.sample.slice(0, 2).join(', ')}
            </dd>
          </div>
          <div className={classes.number}>
            <dt>
              <span className={classes.big}>{count(principals.count)}</span>{' '}
              {t('places.claim.principals', { count: principals.count ?? 2 })}
            </dt>
            <dd className={classes.quiet}>
              {Boolean(principals.count) &&
                principals.count !== undefined &&
                principals.explained !== undefined &&
                t('places.claim.explained', {
                  explained: String(principals.explained),
                  rest: String(principals.count - principals.explained),
                })}
            </dd>
          </div>
          <div className={classes.number}>
            <dt>
              <span className={classes.big}>
                {products.length + hiddenProducts}
              </span>{' '}
              {t('places.claim.products', {
                count: products.length + hiddenProducts,
              })}
            </dt>
            <dd className={classes.quiet}>
              {ofOthers > 0 && t('places.claim.ofOthers', { count: ofOthers })}
            </dd>
          </div>
          <div className={classes.number}>
            <dt>
              <span className={classes.big}>{overlaps.length}</span>{' '}
              {t('places.claim.overlaps', { count: overlaps.length })}
            </dt>
            <dd className={classes.quiet}>{t('places.claim.withOthers')}</dd>
          </div>
        </dl>
        <ul className={classes.rows}>
          {products.map(product => (
            <li key={product.productRef} className={classes.row}>
              <EntityRefLink entityRef={product.productRef} hideIcon />
              <span className={classes.names}>{product.tables.join(', ')}</span>
              {product.domainRef && (
                <EntityRefLink entityRef={product.domainRef} hideIcon />
              )}
            </li>
          ))}
          {hiddenProducts > 0 && (
            <li className={classes.row}>
              {t('places.claim.hiddenProducts', { count: hiddenProducts })}
            </li>
          )}
          {principals.sample.map(({ principal, words, because }) => (
            <li key={principal.id} className={classes.row}>
              <PrincipalLabel principal={principal} />
              <CodeWords text={words} />
              <span className={because ? undefined : classes.quiet}>
                {because ? (
                  <CodeWords text={because} />
                ) : (
                  t('places.claim.nobodyKnown')
                )}
              </span>
            </li>
          ))}
          {morePrincipals > 0 && (
            <li className={classes.row}>
              {t('places.claim.morePrincipals', { count: morePrincipals })}
            </li>
          )}
        </ul>
      </div>
      {contents.unknown.length > 0 && (
        <>
          <SubTitle component="h3">{t('places.claim.unknown')}</SubTitle>
          <ul className={classes.unknown}>
            {contents.unknown.map(words => (
              <li key={words}>
                <CodeWords text={words} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
