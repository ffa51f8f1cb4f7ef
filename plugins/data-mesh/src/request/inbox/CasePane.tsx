import { useRouteRef } from '@backstage/core-plugin-api';
import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh, useLoad, type Loaded } from '../../api';
import { CardSkeleton, ErrorState } from '../../components';
import { ClaimCard } from '../../place/ClaimCard';
import { PublicationCard } from '../../publication/PublicationCard';
import { claimRouteRef, publicationRouteRef } from '../../routes';
import { useT } from '../../useT';

const useStyles = makeStyles(theme => ({
  waiting: { padding: theme.spacing(2, 2.5) },
  see: {
    float: 'right',
    padding: theme.spacing(2, 2.5, 0, 1),
    fontSize: theme.typography.body2.fontSize,
  },
}));

interface PaneProps {
  id: string;
  onChange: () => void;
  onDecided: () => void;
}

function Waiting(props: { loaded: Loaded<unknown>; what: string }) {
  const { loaded, what } = props;
  const classes = useStyles();
  return (
    <div className={classes.waiting}>
      {loaded.error ? (
        <ErrorState
          error={loaded.error}
          what={what}
          onRetry={() => void loaded.reload()}
        />
      ) : (
        <CardSkeleton lines={8} />
      )}
    </div>
  );
}

/** A claim beside the list. */
export function ClaimPane({ id, onChange, onDecided }: PaneProps) {
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const link = useRouteRef(claimRouteRef);
  const loaded = useLoad(`claim ${id}`, () => api.getClaim(id));
  if (!loaded.value) {
    return <Waiting loaded={loaded} what={t('places.claimWhat')} />;
  }
  return (
    <>
      <Link to={link({ id })} className={classes.see}>
        {t('requests.list.openDetail')}
      </Link>
      <ClaimCard
        claim={loaded.value}
        onDecided={onDecided}
        onChange={claim => {
          loaded.set(claim);
          onChange();
        }}
      />
    </>
  );
}

/** A product's change beside the list. */
export function PublicationPane({ id, onChange, onDecided }: PaneProps) {
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const link = useRouteRef(publicationRouteRef);
  const loaded = useLoad(`publication ${id}`, () => api.getPublication(id));
  if (!loaded.value) {
    return <Waiting loaded={loaded} what={t('publications.oneWhat')} />;
  }
  return (
    <>
      <Link to={link({ id })} className={classes.see}>
        {t('requests.list.openDetail')}
      </Link>
      <PublicationCard
        publication={loaded.value}
        onDecided={onDecided}
        onChange={publication => {
          loaded.set(publication);
          onChange();
        }}
      />
    </>
  );
}
