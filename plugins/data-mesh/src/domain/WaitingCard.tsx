import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import EditIcon from '@material-ui/icons/EditOutlined';
import PlaceIcon from '@material-ui/icons/RoomOutlined';
import {
  CodeWords,
  ErrorState,
  ListSkeleton,
  RelativeTime,
} from '../components';
import { People } from '../principal/People';
import { claimRouteRef, publicationRouteRef } from '../routes';
import { useT } from '../useT';
import { usePublicationTitle } from '../publication/PublicationCard';
import { publicationInWords } from '../publication/publicationInWords';
import { NextStepView } from './NextStepView';
import { useNextStep } from './useNextStep';
import { useWaitingIn } from './useWaitingIn';

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

/**
 * What a Domain needs next of the viewer; claims of it, and changes of its
 * products, that wait for somebody.
 */
export function WaitingCard() {
  const { entity } = useEntity();
  const t = useT();
  const classes = useStyles();
  const claimLink = useRouteRef(claimRouteRef);
  const publicationLink = useRouteRef(publicationRouteRef);
  const titleOf = usePublicationTitle();
  const domainRef = stringifyEntityRef(entity);
  const waiting = useWaitingIn(domainRef);
  const next = useNextStep();
  const { claims = [], publications = [] } = waiting.value ?? {};
  const isEmpty = claims.length + publications.length === 0;
  // Together, so that nothing comes above what is read.
  const isLoading = waiting.loading || next.loading;
  return (
    <EntityInfoCard title={t('places.waiting.title')}>
      {isLoading && <ListSkeleton rows={2} lines={2} />}
      {waiting.error && !waiting.value && (
        <ErrorState
          error={waiting.error}
          what={t('places.claimsWhat')}
          onRetry={() => void waiting.reload()}
        />
      )}
      {!isLoading && next.step && <NextStepView step={next.step} />}
      {waiting.value && isEmpty && !isLoading && (
        <span className={classes.quiet}>{t('places.waiting.none')}</span>
      )}
      <ul className={classes.list} hidden={isLoading}>
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
