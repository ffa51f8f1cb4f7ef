import { ReactNode } from 'react';
import type { Entitlement } from '@lakemesh/backstage-plugin-data-mesh-common';
import { isDataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useLoad } from '../api';
import { CardSkeleton, Code, CopyButton, ErrorState } from '../components';
import { useT } from '../useT';
import { placeOf } from './dataPlace';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(80px, 110px) minmax(0, 1fr)',
    gap: theme.spacing(0.5, 1.5),
    margin: theme.spacing(1, 0, 0),
    fontSize: theme.typography.body2.fontSize,
  },
  term: { color: theme.palette.text.secondary },
  value: { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
}));

/** Account, database and tables of an entitlement, to be copied into a query. */
export function DataPlaceFacts(props: { entitlement: Entitlement }) {
  const { entitlement } = props;
  const t = useT();
  const classes = useStyles();
  const catalog = useApi(catalogApiRef);
  const { value, error, loading, reload } = useLoad(
    `place ${entitlement.productRef} ${entitlement.port}`,
    async () => {
      const entity = await catalog.getEntityByRef(entitlement.productRef);
      return {
        place:
          entity && isDataProductEntity(entity)
            ? placeOf(entity, entitlement)
            : undefined,
      };
    },
    { live: false },
  );
  if (loading) return <CardSkeleton lines={2} />;
  if (error && !value) {
    return (
      <ErrorState
        error={error}
        what={t('access.where.what')}
        onRetry={() => void reload()}
      />
    );
  }
  const place = value?.place;
  if (!place) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('access.where.gone', { port: entitlement.port })}
      </Typography>
    );
  }
  const copied = (text: string) => (
    <>
      <Code>{text}</Code>
      <CopyButton
        text={text}
        label={t('access.where.copyLocation', { name: text })}
      />
    </>
  );
  const facts: Array<[string, ReactNode]> = [
    [t('access.where.database'), copied(place.database)],
    [
      t('access.where.tables'),
      place.tables.map(table => <div key={table}>{copied(table)}</div>),
    ],
  ];
  if (place.account) {
    facts.push([t('access.where.account'), copied(place.account)]);
  }
  if (place.region) facts.push([t('access.where.region'), place.region]);
  return (
    <dl className={classes.list}>
      {facts.flatMap(([term, value_]) => [
        <dt key={`${term} term`} className={classes.term}>
          {term}
        </dt>,
        <dd key={term} className={classes.value}>
          {value_}
        </dd>,
      ])}
    </dl>
  );
}
