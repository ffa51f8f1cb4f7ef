import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import IconButton from '@material-ui/core/IconButton';
import Typography from '@material-ui/core/Typography';
import CloseIcon from '@material-ui/icons/Close';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh, useLoad } from '../../api';
import {
  CardSkeleton,
  ErrorState,
  RefWords,
  RelativeTime,
} from '../../components';
import { PrincipalLabel } from '../../principal/PrincipalLabel';
import { requestRouteRef } from '../../routes';
import { useT } from '../../useT';
import { Chain } from './Chain';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2), minWidth: 0 },
  head: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  },
  title: { flex: 1, fontWeight: 700, overflowWrap: 'anywhere' },
  principal: { marginBottom: theme.spacing(1.5) },
  facts: {
    marginTop: theme.spacing(2),
    color: theme.palette.text.secondary,
    fontSize: theme.typography.caption.fontSize,
    '& > div': { marginBottom: theme.spacing(0.25) },
  },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    marginTop: theme.spacing(2),
    paddingTop: theme.spacing(2),
    borderTop: `1px solid ${theme.palette.divider}`,
  },
}));

/** Why a grant is there: each link of the chain with where it is known from. */
export function ExplanationPane(props: {
  id: string;
  driftLink: string;
  onClose: () => void;
}) {
  const { id, driftLink, onClose } = props;
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const requestLink = useRouteRef(requestRouteRef);
  const loaded = useLoad(`explanation ${id}`, () => api.explainGrant(id));
  const grant = loaded.value?.grant;
  return (
    <aside className={classes.root} aria-label={t('grants.table.because')}>
      <div className={classes.head}>
        <Typography
          variant="subtitle1"
          component="h2"
          className={classes.title}
        >
          {grant
            ? t('grants.why.title', { principal: grant.grant.principal.name })
            : t('grants.table.because')}
        </Typography>
        <IconButton
          size="small"
          aria-label={t('grants.why.close')}
          onClick={onClose}
        >
          <CloseIcon fontSize="small" />
        </IconButton>
      </div>
      {loaded.loading && <CardSkeleton lines={5} />}
      {loaded.error && !loaded.value && (
        <ErrorState
          error={loaded.error}
          what={t('grants.why.what')}
          permission="data-mesh.grants.read"
          onRetry={() => void loaded.reload()}
        />
      )}
      {loaded.value && (
        <>
          <div className={classes.principal}>
            <PrincipalLabel principal={loaded.value.grant.grant.principal} />
          </div>
          <Chain
            chain={loaded.value.chain}
            principal={loaded.value.grant.grant.principal}
          />
        </>
      )}
      {grant && (
        <>
          <div className={classes.facts}>
            <div>
              <RelativeTime
                value={grant.lastSeenAt}
                prefix={t('grants.why.seen')}
              />
            </div>
            {grant.grant.updatedAt && (
              <div>
                <RelativeTime
                  value={grant.grant.updatedAt}
                  prefix={t('grants.why.changed')}
                />
                {grant.grant.updatedBy && (
                  <>
                    {' '}
                    <RefWords
                      text={t('grants.why.by', { who: grant.grant.updatedBy })}
                      principals={[grant.grant.principal]}
                    />
                  </>
                )}
              </div>
            )}
          </div>
          <div className={classes.actions}>
            {(grant.because.kind === 'unexplained' ||
              grant.because.kind === 'approved-and-more') && (
              <LinkButton to={driftLink} variant="outlined" size="small">
                {t('grants.why.resolve')}
              </LinkButton>
            )}
            {grant.because.requestId && (
              <LinkButton
                to={requestLink({ id: grant.because.requestId })}
                variant="outlined"
                size="small"
              >
                {t('grants.why.openRequest')}
              </LinkButton>
            )}
            {grant.productRefs?.map(ref => (
              <EntityRefLink key={ref} entityRef={ref} />
            ))}
          </div>
        </>
      )}
    </aside>
  );
}
