import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import EditIcon from '@material-ui/icons/EditOutlined';
import PlaceIcon from '@material-ui/icons/RoomOutlined';
import { useDataMesh, useLoad } from '../api';
import {
  CodeWords,
  ErrorState,
  ListSkeleton,
  RelativeTime,
} from '../components';
import { People } from '../principal/People';
import { claimRouteRef, publicationRouteRef } from '../routes';
import { useT } from '../useT';
import { usePublicationTitle } from './PublicationCard';
import { publicationInWords } from './publicationInWords';

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
  },
  row: {
    display: 'grid',
    gridTemplateColumns: '28px minmax(0, 1fr)',
    padding: theme.spacing(1, 0),
    overflowWrap: 'anywhere',
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
    '& svg': { fontSize: 18 },
  },
  quiet: { color: theme.palette.text.secondary },
}));

/** Claims of a Domain and changes of its products that wait for somebody. */
export function WaitingCard() {
  const { entity } = useEntity();
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const claimLink = useRouteRef(claimRouteRef);
  const publicationLink = useRouteRef(publicationRouteRef);
  const titleOf = usePublicationTitle();
  const domainRef = stringifyEntityRef(entity);
  const waiting = useLoad(`waiting in ${domainRef}`, async () => {
    const [claims, publications] = await Promise.all([
      api.listClaims({
        domainRef,
        state: ['pending', 'changes-requested'],
        limit: 10,
      }),
      api.listPublications({
        domainRef,
        state: ['pending', 'change-pending', 'suspended'],
        limit: 10,
      }),
    ]);
    return { claims: claims.items, publications: publications.items };
  });
  const { claims = [], publications = [] } = waiting.value ?? {};
  return (
    <EntityInfoCard title={t('places.waiting.title')}>
      {waiting.loading && <ListSkeleton rows={2} lines={2} />}
      {waiting.error && !waiting.value && (
        <ErrorState
          error={waiting.error}
          what={t('places.claimsWhat')}
          onRetry={() => void waiting.reload()}
        />
      )}
      {waiting.value && claims.length + publications.length === 0 && (
        <span className={classes.quiet}>{t('places.waiting.none')}</span>
      )}
      <ul className={classes.list}>
        {claims.map(({ id, words, createdAt, waitsFor }) => (
          <li key={id} className={classes.row}>
            <PlaceIcon aria-hidden />
            <div>
              <Link to={claimLink({ id })}>
                {t('places.waiting.claim')} <CodeWords text={words} />
              </Link>
              <div className={classes.quiet}>
                <RelativeTime value={createdAt} /> · <People refs={waitsFor} />{' '}
                {t('places.waiting.decides')}
              </div>
            </div>
          </li>
        ))}
        {publications.map(publication => (
          <li key={publication.id} className={classes.row}>
            <EditIcon aria-hidden />
            <div>
              <Link to={publicationLink({ id: publication.id })}>
                {publicationInWords(publication)} {titleOf(publication)}
              </Link>
              {publication.waitsFor && (
                <div className={classes.quiet}>
                  <People refs={publication.waitsFor.approvers} />{' '}
                  {t('places.waiting.decides')}
                </div>
              )}
            </div>
          </li>
        ))}
      </ul>
    </EntityInfoCard>
  );
}
