import { useState } from 'react';
import type { AccessAnswer } from '@lakemesh/backstage-plugin-data-mesh-common';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh } from '../../api';
import {
  CodeWords,
  EmptyState,
  ErrorState,
  ListSkeleton,
  RelativeTime,
} from '../../components';
import { CountChips } from '../../components/list/CountChips';
import { ExportMenu } from '../../components/ExportMenu';
import { useTableFormats } from '../../components/useTableFormats';
import { useT } from '../../useT';
import { GrantsQuestion, GrantsUrl } from '../grantsUrl';
import { AnswerTable } from './AnswerTable';
import { AnswerState, sortedAnswer } from './answerStates';
import { ChangesSince } from './ChangesSince';
import { NotKnown } from './NotKnown';
import { placeText } from './placeText';
import { askedOf, useAnswer } from './useAnswer';

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(1, 2),
    marginBottom: theme.spacing(1.5),
  },
  words: { flex: '1 1 320px', minWidth: 0 },
  facts: {
    padding: theme.spacing(1.5, 2),
    borderTop: `1px solid ${theme.palette.divider}`,
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
  },
  list: { margin: theme.spacing(0.5, 0, 1), paddingLeft: theme.spacing(2.5) },
  error: { marginBottom: theme.spacing(1.5) },
}));

function Headline(props: { question: GrantsQuestion; answer: AccessAnswer }) {
  const { question, answer } = props;
  const t = useT();
  const { counts, principals, resources } = sortedAnswer(answer.items);
  const countOf = (state: AnswerState) =>
    counts.find(one => one.state === state)?.count ?? 0;
  const bad = [
    countOf('unexplained') > 0 &&
      t('grants.ask.headUnexplained', { count: countOf('unexplained') }),
    countOf('approved-and-more') > 0 &&
      t('grants.ask.headMore', { count: countOf('approved-and-more') }),
  ].filter(Boolean);
  const subject =
    question.kind === 'who'
      ? placeText(question)
      : answer.subject?.title ?? question.principal;
  const head =
    question.kind === 'who'
      ? t('grants.ask.headWho', { count: principals, subject })
      : t('grants.ask.headWhat', { count: resources, subject });
  return (
    <Typography variant="h6" component="h2">
      {[head, ...bad].join(' ')}
    </Typography>
  );
}

function Nothing(props: { question: GrantsQuestion; answer: AccessAnswer }) {
  const { question, answer } = props;
  const t = useT();
  if (question.kind === 'what' && answer.principals?.length === 0) {
    return (
      <EmptyState
        title={t('grants.ask.actsAsNothing', {
          name: answer.subject?.title ?? question.principal,
        })}
        description={t('grants.ask.actsAsNothingWords')}
      />
    );
  }
  return (
    <EmptyState
      title={t(`grants.ask.${question.kind === 'who' ? 'nobody' : 'nothing'}`)}
      description={t('grants.ask.nobodyWords')}
    />
  );
}

/** The answer to a question, with the reasons and what it cannot know. */
export function AnswerView(props: {
  question: GrantsQuestion;
  at?: string;
  onAsk: (change: Pick<GrantsUrl, 'question' | 'at'>) => void;
}) {
  const { question, at, onAsk } = props;
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const formats = useTableFormats();
  const [only, setOnly] = useState<AnswerState>();
  const [exportError, setExportError] = useState<Error>();
  const answer = useAnswer(question, at);
  const { value } = answer;
  const sorted = value && sortedAnswer(value.items);
  const shown = sorted?.rows.filter(row => !only || row.state === only);
  const load = (format: 'csv' | 'json') => {
    const asked = askedOf(question, at);
    return asked.kind === 'what'
      ? api.exportWhatCanAccess(format, asked.query)
      : api.exportWhoCanAccess(format, asked.query);
  };
  return (
    <>
      {value && (
        <div className={classes.head}>
          <div className={classes.words}>
            {value.isKnown && <Headline question={question} answer={value} />}
            {value.isKnown && (
              <Typography variant="body2" color="textSecondary">
                <RelativeTime
                  value={value.asOf}
                  prefix={t(at ? 'grants.ask.asOf' : 'grants.ask.asOfScan')}
                />
              </Typography>
            )}
          </div>
          <ExportMenu
            label={t('grants.ask.export')}
            name={`access-${value.asOf.slice(0, 10)}`}
            formats={formats}
            load={load}
            onError={setExportError}
          />
        </div>
      )}
      {exportError && (
        <div className={classes.error}>
          <ErrorState
            error={exportError}
            what={t('grants.ask.loading')}
            title={t('grants.ask.exportFailed')}
            permission="data-mesh.grants.read"
          />
        </div>
      )}
      {sorted && value.items.length > 0 && (
        <CountChips
          label={t('grants.ask.filter')}
          all={value.items.length}
          items={sorted.counts.map(({ state, count }) => ({
            id: state,
            label: t(`grants.ask.states.${state}`),
            count,
          }))}
          chosen={only}
          onChoose={setOnly}
        />
      )}
      <Paper variant="outlined">
        {answer.loading && <ListSkeleton rows={4} lines={2} />}
        {answer.error && !value && (
          <ErrorState
            error={answer.error}
            what={t('grants.ask.loading')}
            permission="data-mesh.grants.read"
            onRetry={() => void answer.reload()}
          />
        )}
        {value && !value.isKnown && (
          <NotKnown
            knownSince={value.knownSince}
            onAsk={day => onAsk({ question, at: day })}
          />
        )}
        {value?.isKnown && value.items.length === 0 && (
          <Nothing question={question} answer={value} />
        )}
        {shown && shown.length > 0 && <AnswerTable rows={shown} />}
        {value && (value.changes.length > 0 || value.caveats.length > 0) && (
          <div className={classes.facts}>
            <ChangesSince changes={value.changes} />
            {value.caveats.length > 0 && (
              <>
                <Typography variant="body2" component="p">
                  {t('grants.ask.caveats')}
                </Typography>
                <ul className={classes.list}>
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
    </>
  );
}
