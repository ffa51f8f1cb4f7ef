import {
  accountInWords,
  type HeldPlace,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { useMe } from '../api';
import { ErrorState, ListSkeleton } from '../components';
import { grantsRouteRef } from '../routes';
import { useT } from '../useT';
import { useDomainPlaces } from './useDomainPlaces';

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere',
    '& > li': { padding: theme.spacing(1, 0) },
    '& > li + li': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  name: { fontWeight: 700 },
  quiet: { color: theme.palette.text.secondary },
}));

/** Accounts of the places, those with most places first. */
export function accountsOf(places: readonly HeldPlace[]) {
  const accounts = new Map<
    string,
    { words: string; regions: Set<string>; places: number }
  >();
  for (const { place, accountAlias } of places) {
    const accountId = /^\d{12}/.exec(place.catalogId)?.[0];
    const id = accountId ?? place.catalogId;
    const account = accounts.get(id) ?? {
      words: accountId
        ? accountInWords({ accountId, accountAlias })
        : place.catalogId,
      regions: new Set<string>(),
      places: 0,
    };
    account.places += 1;
    if (place.region) account.regions.add(place.region);
    accounts.set(id, account);
  }
  return [...accounts]
    .map(([id, { words, regions, places: count }]) => ({
      id,
      words,
      regions: [...regions].sort(),
      places: count,
    }))
    .sort((a, b) => b.places - a.places || a.words.localeCompare(b.words));
}

/** The AWS accounts in which a domain holds places. */
export function AccountsCard() {
  const { entity } = useEntity();
  const t = useT();
  const classes = useStyles();
  const grants = useRouteRef(grantsRouteRef);
  const governs = useMe().value?.governs;
  const places = useDomainPlaces(stringifyEntityRef(entity));
  const accounts = accountsOf(places.value?.items ?? []);
  return (
    <EntityInfoCard
      title={t('domain.accounts.title')}
      headerActions={
        governs && accounts.length > 0 ? (
          <Link to={`${grants()}?tab=doctor`}>
            {t('domain.accounts.doctor')}
          </Link>
        ) : undefined
      }
    >
      {places.loading && <ListSkeleton rows={1} lines={2} />}
      {places.error && !places.value && (
        <ErrorState
          error={places.error}
          what={t('places.what')}
          onRetry={() => void places.reload()}
        />
      )}
      {places.value && accounts.length === 0 && (
        <span className={classes.quiet}>{t('domain.accounts.none')}</span>
      )}
      <ul className={classes.list}>
        {accounts.map(({ id, words, regions, places: count }) => (
          <li key={id}>
            <div className={classes.name}>{words}</div>
            <div className={classes.quiet}>
              {[...regions, t('domain.accounts.places', { count })].join(' · ')}
            </div>
          </li>
        ))}
      </ul>
    </EntityInfoCard>
  );
}
