import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh, useLoad } from '../../api';
import {
  CardSkeleton,
  CodeWords,
  CopyButton,
  ErrorState,
  RefWords,
} from '../../components';
import { DeltaLines } from '../../plan/DeltaLines';
import { grantsRouteRef } from '../../routes';
import { useT } from '../../useT';
import { Chain } from '../explore/Chain';
import { writeGrantsUrl } from '../grantsUrl';
import { heldDelta } from '../heldDelta';
import { AnswerItem } from './answerStates';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
    gap: theme.spacing(2, 3),
    padding: theme.spacing(1, 0),
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
  actions: { marginTop: theme.spacing(1) },
}));

/** What of it nobody approved, and the whole chain from people to the grant. */
export function AnswerDetails(props: { item: AnswerItem }) {
  const { principal, resource, reasons, because, grantId } = props.item;
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const grantsLink = useRouteRef(grantsRouteRef);
  const why = useLoad(grantId && `explanation ${grantId}`, () =>
    api.explainGrant(grantId ?? ''),
  );
  const lines = heldDelta(resource.columns, because?.more ?? []);
  const isDrift =
    because?.kind === 'unexplained' || because?.kind === 'approved-and-more';
  return (
    <div className={classes.root}>
      <div>
        <Typography variant="subtitle2" component="h3">
          <CodeWords text={resource.words} />
        </Typography>
        {isDrift && lines.length > 0 && <DeltaLines lines={lines} />}
        <ul className={classes.list}>
          {reasons.map(({ kind, words }, index) => (
            <li key={index}>
              {t(`grants.ask.kind.${kind}`)}:{' '}
              <RefWords text={words} principals={[principal]} />
            </li>
          ))}
        </ul>
        {isDrift && (
          <div className={classes.actions}>
            <LinkButton
              variant="outlined"
              size="small"
              to={`${grantsLink()}?${writeGrantsUrl({
                tab: 'drift',
                text: '',
              })}`}
            >
              {t('grants.why.resolve')}
            </LinkButton>
          </div>
        )}
      </div>
      <div>
        <Typography variant="subtitle2" component="h3">
          {t('grants.why.title', { principal: principal.name })}{' '}
          <CopyButton
            text={principal.id}
            label={t('common.copyIdOf', { name: principal.name })}
          />
        </Typography>
        {why.loading && <CardSkeleton lines={3} />}
        {why.error && !why.value && (
          <ErrorState
            error={why.error}
            what={t('grants.why.what')}
            permission="data-mesh.grants.read"
            onRetry={() => void why.reload()}
          />
        )}
        {why.value && <Chain chain={why.value.chain} principal={principal} />}
        {!grantId && (
          <Typography variant="body2">{t('grants.ask.noGrant')}</Typography>
        )}
      </div>
    </div>
  );
}
