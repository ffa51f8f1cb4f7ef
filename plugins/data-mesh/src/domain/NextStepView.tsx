import { ReactNode, useState } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords } from '../components';
import { ClaimDialog } from '../place/ClaimDialog';
import { claimRouteRef, publicationRouteRef } from '../routes';
import { useT } from '../useT';
import type { NextStep } from './nextStep';
import { useDomainPlaces } from './useDomainPlaces';
import { useWaitingIn } from './useWaitingIn';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(0.5),
    justifyItems: 'start',
    marginBottom: theme.spacing(1),
    padding: theme.spacing(1, 1.5),
    borderLeft: `3px solid ${theme.palette.primary.main}`,
    background: theme.palette.action.hover,
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere',
    '& button, & a[role="button"]': { textTransform: 'none' },
  },
  title: { fontWeight: 700 },
  words: { color: theme.palette.text.secondary },
}));

/** What the domain needs next of the viewer, with the one button for it. */
export function NextStepView(props: { step: NextStep }) {
  const { step } = props;
  const { entity } = useEntity();
  const t = useT();
  const classes = useStyles();
  const claimLink = useRouteRef(claimRouteRef);
  const publicationLink = useRouteRef(publicationRouteRef);
  const domainRef = stringifyEntityRef(entity);
  const places = useDomainPlaces(domainRef);
  const waiting = useWaitingIn(domainRef);
  const [claiming, setClaiming] = useState(false);

  const show = (title: ReactNode, words: string, action?: ReactNode) => (
    <section className={classes.root} aria-label={t('domain.next.title')}>
      <div className={classes.title}>
        {t('domain.next.title')}: {title}
      </div>
      <div className={classes.words}>{words}</div>
      {action}
    </section>
  );
  const open = (to: string) => (
    <LinkButton size="small" variant="contained" color="primary" to={to}>
      {t('domain.next.open')}
    </LinkButton>
  );
  switch (step.kind) {
    case 'owner':
      return show(t('domain.next.owner'), t('domain.next.ownerWords'));
    case 'place':
      return (
        <>
          {show(
            t('domain.next.place'),
            t('domain.next.placeWords'),
            <Button
              size="small"
              variant="contained"
              color="primary"
              onClick={() => setClaiming(true)}
            >
              {t('domain.next.placeAction')}
            </Button>,
          )}
          {claiming && (
            <ClaimDialog
              domainRef={domainRef}
              onClose={() => setClaiming(false)}
              onSaved={() => {
                setClaiming(false);
                void places.reload();
                void waiting.reload();
              }}
            />
          )}
        </>
      );
    case 'claim': {
      const { id, words, state } = step.claim;
      return show(
        <>
          {t('domain.next.claim')} <CodeWords text={words} />
        </>,
        t(
          state === 'pending'
            ? 'domain.next.claimToDecide'
            : 'domain.next.claimReturned',
        ),
        open(claimLink({ id })),
      );
    }
    case 'publication':
      return show(
        t('domain.next.publication', {
          product: step.publication.productTitle,
        }),
        t('domain.next.publicationWords'),
        open(publicationLink({ id: step.publication.id })),
      );
    default:
      return show(t('domain.next.product'), t('domain.next.productWords'));
  }
}
