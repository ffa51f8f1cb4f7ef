import type { AccessAnswer } from '@lakemesh/backstage-plugin-data-mesh-common';
import { namesInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh, useLoad } from '../../api';
import {
  Code,
  CodeWords,
  EmptyState,
  ErrorState,
  ListSkeleton,
  RefWords,
  RelativeTime,
  ToneChip,
} from '../../components';
import { PrincipalLabel } from '../../principal/PrincipalLabel';
import { useDataTableStyles } from '../../components/list/dataTableStyles';
import { requestRouteRef } from '../../routes';
import { useT } from '../../useT';
import { endOfDay, GrantsQuestion } from '../grantsUrl';

const useStyles = makeStyles(theme => ({
  scroll: { overflowX: 'auto' },
  facts: {
    padding: theme.spacing(1.5, 2),
    borderTop: `1px solid ${theme.palette.divider}`,
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
  },
  caveats: {
    margin: theme.spacing(0.5, 0, 0),
    paddingLeft: theme.spacing(2.5),
  },
  reason: { marginBottom: theme.spacing(0.5) },
}));

function AnswerRow(props: { item: AccessAnswer['items'][number] }) {
  const { principal, resource, permissions, reasons } = props.item;
  const t = useT();
  const table = useDataTableStyles();
  const classes = useStyles();
  const requestLink = useRouteRef(requestRouteRef);
  return (
    <tr>
      <th scope="row">
        <PrincipalLabel principal={principal} />
      </th>
      <td>
        {permissions.join(', ')}
        {resource.columns && resource.columns.length > 0 && (
          <div className={table.quiet} title={resource.columns.join(', ')}>
            {t('grants.ask.columns', { count: resource.columns.length })}:{' '}
            <CodeWords text={namesInWords(resource.columns)} />
          </div>
        )}
      </td>
      <td className={table.wide}>
        <CodeWords text={resource.words} />
        {resource.rowFilter && (
          <div className={table.quiet}>
            {t('grants.table.rows')} <Code>{resource.rowFilter}</Code>
          </div>
        )}
      </td>
      <td className={table.wide}>
        {reasons.map(({ kind, words, requestId }, index) => (
          <div key={index} className={classes.reason}>
            <ToneChip tone="neutral" label={t(`grants.ask.kind.${kind}`)} />{' '}
            <RefWords text={words} principals={[principal]} />
            {requestId && (
              <>
                {' '}
                <Link to={requestLink({ id: requestId })}>
                  {t('grants.why.openRequest')}
                </Link>
              </>
            )}
          </div>
        ))}
      </td>
    </tr>
  );
}

/** The answer to a question, with the reasons and what it cannot know. */
export function AnswerTable(props: { question: GrantsQuestion; at?: string }) {
  const { question, at } = props;
  const t = useT();
  const table = useDataTableStyles();
  const classes = useStyles();
  const api = useDataMesh();
  const when = at && { at: endOfDay(at) };
  const loaded = useLoad(`answer ${JSON.stringify(props)}`, () => {
    if (question.kind === 'what') {
      return api.whatCanAccess({ principal: question.principal, ...when });
    }
    const { kind: _, ...place } = question;
    return api.whoCanAccess({ ...place, ...when });
  });
  const { value } = loaded;
  return (
    <Paper variant="outlined">
      {loaded.loading && <ListSkeleton rows={4} lines={2} />}
      {loaded.error && !value && (
        <ErrorState
          error={loaded.error}
          what={t('grants.ask.loading')}
          permission="data-mesh.grants.read"
          onRetry={() => void loaded.reload()}
        />
      )}
      {value && value.items.length === 0 && (
        <EmptyState
          title={
            question.kind === 'who'
              ? t('grants.ask.nobody')
              : t('grants.ask.nothing')
          }
          description={t('grants.ask.nobodyWords')}
        />
      )}
      {value && value.items.length > 0 && (
        <div className={classes.scroll}>
          <table className={table.table} aria-label={t('grants.ask.answer')}>
            <thead>
              <tr>
                <th scope="col">{t('grants.table.principal')}</th>
                <th scope="col">{t('grants.ask.sees')}</th>
                <th scope="col">{t('grants.table.on')}</th>
                <th scope="col">{t('grants.ask.by')}</th>
              </tr>
            </thead>
            <tbody>
              {value.items.map((item, index) => (
                <AnswerRow key={index} item={item} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {value && (
        <div className={classes.facts}>
          <RelativeTime value={value.asOf} prefix={t('grants.ask.asOf')} />
          {value.caveats.length > 0 && (
            <>
              <Typography variant="body2" component="p">
                {t('grants.ask.caveats')}
              </Typography>
              <ul className={classes.caveats}>
                {value.caveats.map(caveat => (
                  <li key={caveat}>
                    <CodeWords text={caveat} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </Paper>
  );
}
