import { useState } from 'react';
import type { HeldPlace } from '@lakemesh/backstage-plugin-data-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  EntityInfoCard,
  EntityRefLink,
  useEntity,
} from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useMe } from '../api';
import {
  CodeWords,
  EmptyState,
  ErrorState,
  ListSkeleton,
  ToneChip,
} from '../components';
import { useT } from '../useT';
import { ClaimDialog } from '../place/ClaimDialog';
import { PlaceChangeDialog } from '../place/PlaceChangeDialog';
import { PlaceKindIcon } from '../place/PlaceKindIcon';
import { placeWhere } from '../place/placeWhere';
import { useDomainPlaces } from './useDomainPlaces';

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
    '& button': { textTransform: 'none' },
  },
  row: {
    display: 'grid',
    gridTemplateColumns: '28px minmax(0, 3fr) minmax(0, 2fr) auto',
    gap: theme.spacing(0.5, 1),
    alignItems: 'center',
    minHeight: 50,
    padding: theme.spacing(0.75, 0),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
    [theme.breakpoints.down('sm')]: {
      gridTemplateColumns: '28px minmax(0, 1fr) auto',
    },
  },
  icon: { display: 'flex', color: theme.palette.text.secondary },
  words: { overflowWrap: 'anywhere' },
  quiet: { color: theme.palette.text.secondary },
  held: { [theme.breakpoints.down('sm')]: { gridColumn: 2 } },
  actions: { display: 'flex', gap: theme.spacing(0.5) },
}));

interface Changing {
  place: HeldPlace;
  how: 'hand-over' | 'give-back';
}

function PlaceRow(props: {
  held: HeldPlace;
  onChange: (changing: Changing) => void;
}) {
  const { held, onChange } = props;
  const t = useT();
  const classes = useStyles();
  const { words, place, inside = [], contestedBy = [], products } = held;
  return (
    <li className={classes.row}>
      <span className={classes.icon}>
        <PlaceKindIcon place={place} />
      </span>
      <div>
        <div className={classes.words}>
          <CodeWords text={words} />{' '}
          {contestedBy.length > 0 && (
            <ToneChip
              tone="attention"
              label={t('places.card.contested')}
              reason={`${t('places.card.contestedWords')} ${contestedBy.join(
                ', ',
              )}`}
            />
          )}
        </div>
        <div className={classes.quiet}>
          {placeWhere(place, held.accountAlias)}
          {inside.length > 0 && (
            <>
              {' · '}
              {t('places.card.inside')}{' '}
              <EntityRefLink entityRef={inside[0].domainRef} hideIcon />
            </>
          )}
        </div>
      </div>
      <div className={classes.held}>
        {products !== undefined && (
          <div>
            {products === 0
              ? t('places.card.noProduct')
              : t('places.card.products', { count: products })}
          </div>
        )}
        <div className={classes.quiet}>{t(`places.source.${held.source}`)}</div>
      </div>
      <div className={classes.actions}>
        {held.actions.map(how => (
          <Button
            key={how}
            size="small"
            onClick={() => onChange({ place: held, how })}
          >
            {t(
              how === 'hand-over'
                ? 'places.card.handOver'
                : 'places.card.giveBack',
            )}
          </Button>
        ))}
      </div>
    </li>
  );
}

/** What a Domain answers for, and the way to claim more. */
export function PlacesCard() {
  const { entity } = useEntity();
  const t = useT();
  const classes = useStyles();
  const ref = stringifyEntityRef(entity);
  const me = useMe();
  const places = useDomainPlaces(ref);
  const [claiming, setClaiming] = useState(false);
  const [changing, setChanging] = useState<Changing>();
  const items = places.value?.items ?? [];
  const owners = (entity.relations ?? [])
    .filter(({ type }) => type === 'ownedBy')
    .map(({ targetRef }) => targetRef);
  const mayClaim = Boolean(
    me.value?.governs ||
      owners.some(owner => me.value?.ownershipRefs.includes(owner)),
  );
  const claim = mayClaim ? (
    <Button variant="outlined" onClick={() => setClaiming(true)}>
      {t('places.card.claim')}
    </Button>
  ) : undefined;

  return (
    <EntityInfoCard title={t('places.card.title')} headerActions={claim}>
      {places.loading && <ListSkeleton rows={2} lines={2} rowHeight={51} />}
      {places.error && !places.value && (
        <ErrorState
          error={places.error}
          what={t('places.what')}
          onRetry={() => void places.reload()}
        />
      )}
      {places.value && items.length === 0 && (
        <EmptyState
          title={t('places.card.none')}
          description={t('places.card.noneWords')}
        />
      )}
      <ul className={classes.list}>
        {items.map(held => (
          <PlaceRow key={held.id} held={held} onChange={setChanging} />
        ))}
      </ul>
      {claiming && (
        <ClaimDialog
          domainRef={ref}
          onClose={() => setClaiming(false)}
          onSaved={() => {
            setClaiming(false);
            void places.reload();
          }}
        />
      )}
      {changing && (
        <PlaceChangeDialog
          held={changing.place}
          how={changing.how}
          onClose={() => setChanging(undefined)}
          onDone={() => {
            setChanging(undefined);
            void places.reload();
          }}
        />
      )}
    </EntityInfoCard>
  );
}
