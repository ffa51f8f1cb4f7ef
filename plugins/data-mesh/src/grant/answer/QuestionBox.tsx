import { useRef, useState } from 'react';
import Autocomplete from '@material-ui/lab/Autocomplete';
import Button from '@material-ui/core/Button';
import InputAdornment from '@material-ui/core/InputAdornment';
import Paper from '@material-ui/core/Paper';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import AccountIcon from '@material-ui/icons/Business';
import ColumnsIcon from '@material-ui/icons/ViewColumn';
import GroupIcon from '@material-ui/icons/GroupOutlined';
import PersonIcon from '@material-ui/icons/PersonOutline';
import RoleIcon from '@material-ui/icons/AssignmentIndOutlined';
import SearchIcon from '@material-ui/icons/Search';
import { makeStyles } from '@material-ui/core/styles';
import { Highlighted } from '../../components';
import { useSlashFocus } from '../../components/list/useSlashFocus';
import { useT } from '../../useT';
import { GrantsQuestion, GrantsUrl, today } from '../grantsUrl';
import { placeText } from './placeText';
import { useAnswer } from './useAnswer';
import { SubjectKind, Suggestion, useSubjects } from './useSubjects';

const ICONS: Record<SubjectKind, typeof PersonIcon> = {
  user: PersonIcon,
  group: GroupIcon,
  principal: RoleIcon,
  account: AccountIcon,
  place: ColumnsIcon,
};

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 1.5),
    padding: theme.spacing(1.5, 2),
    marginBottom: theme.spacing(2),
  },
  subject: { flex: '1 1 320px', minWidth: 0 },
  words: { whiteSpace: 'nowrap' },
  date: { width: 170 },
  option: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    width: '100%',
    minWidth: 0,
    '& svg': { color: theme.palette.text.secondary, fontSize: 18 },
  },
  title: { flex: 1, minWidth: 0, overflowWrap: 'anywhere' },
  about: { color: theme.palette.text.secondary, whiteSpace: 'nowrap' },
}));

function Option(props: { suggestion: Suggestion; typed: string }) {
  const { kind, title, about } = props.suggestion;
  const t = useT();
  const classes = useStyles();
  const Icon = ICONS[kind];
  return (
    <span className={classes.option}>
      <Icon aria-hidden />
      <span className={classes.title}>
        <Highlighted text={title} search={props.typed} />
      </span>
      <span className={classes.about}>
        {about ?? t(`grants.ask.hint.${kind}`)}
      </span>
    </span>
  );
}

/** The question that is asked, as the box shows it. */
function useAsked(question: GrantsQuestion | undefined, at?: string) {
  const answer = useAnswer(
    question?.kind === 'what' ? question : undefined,
    at,
  );
  if (!question) return null;
  const suggestion: Suggestion =
    question.kind === 'who'
      ? {
          kind: 'place',
          id: placeText(question),
          title: placeText(question),
          question,
        }
      : {
          kind: answer.value?.subject?.kind ?? 'principal',
          id: question.principal,
          title: answer.value?.subject?.title ?? question.principal,
          question,
        };
  return suggestion;
}

/**
 * Asks what somebody can see, or who can see something, now or on a day. What is
 * named decides which of the two.
 */
export function QuestionBox(props: {
  question?: GrantsQuestion;
  at?: string;
  onAsk: (change: Pick<GrantsUrl, 'question' | 'at'>) => void;
}) {
  const { question, at, onAsk } = props;
  const t = useT();
  const classes = useStyles();
  const input = useRef<HTMLInputElement>(null);
  useSlashFocus(input);
  const asked = useAsked(question, at);
  const [typed, setTyped] = useState('');
  const { suggestions, waiting, error, questionOf } = useSubjects(typed);
  const choose = (chosen: Suggestion | string | null) => {
    if (chosen === null) onAsk({ question: undefined, at });
    else if (typeof chosen !== 'string') {
      onAsk({ question: chosen.question, at });
    } else if (chosen.trim()) {
      onAsk({ question: questionOf(chosen.trim()), at });
    }
  };
  let nothing: string = t('grants.ask.nothingNamed');
  if (waiting) nothing = t('grants.ask.searching');
  else if (error) nothing = t('grants.ask.searchFailed');

  return (
    <Paper
      variant="outlined"
      component="section"
      className={classes.root}
      aria-label={t('grants.ask.subject')}
    >
      <Autocomplete<Suggestion, false, false, true>
        // What was typed goes with the question that it led to.
        key={asked ? `${asked.id} ${asked.title}` : ''}
        className={classes.subject}
        size="small"
        freeSolo
        autoHighlight
        selectOnFocus
        clearOnBlur={asked !== null}
        options={waiting ? [] : suggestions}
        filterOptions={options => options}
        groupBy={({ kind }) => t(`grants.ask.group.${kind}`)}
        value={asked}
        getOptionLabel={option =>
          typeof option === 'string' ? option : option.title
        }
        getOptionSelected={(a, b) => a.id === b.id}
        renderOption={option => <Option suggestion={option} typed={typed} />}
        onInputChange={(_, text, reason) =>
          setTyped(reason === 'input' ? text : '')
        }
        onChange={(_, chosen) => choose(chosen)}
        renderInput={params => (
          <TextField
            {...params}
            variant="outlined"
            inputRef={input}
            placeholder={t('grants.ask.anything')}
            helperText={
              typed.trim() && (waiting || suggestions.length === 0)
                ? nothing
                : undefined
            }
            inputProps={{
              ...params.inputProps,
              'aria-label': t('grants.ask.box'),
              'aria-keyshortcuts': '/',
              maxLength: 255,
            }}
            InputProps={{
              ...params.InputProps,
              startAdornment: (
                <InputAdornment position="start">
                  <SearchIcon fontSize="small" aria-hidden />
                  {question && (
                    <Typography variant="body2" className={classes.words}>
                      &nbsp;{t(`grants.ask.${question.kind}`)}
                    </Typography>
                  )}
                </InputAdornment>
              ),
            }}
          />
        )}
      />
      <Typography variant="body2">{t('grants.ask.on')}</Typography>
      <TextField
        className={classes.date}
        size="small"
        variant="outlined"
        type="date"
        value={at ?? ''}
        onChange={event =>
          onAsk({ question, at: event.target.value || undefined })
        }
        inputProps={{ 'aria-label': t('grants.ask.date'), max: today() }}
      />
      {question && (
        <Button onClick={() => onAsk({ question: undefined, at: undefined })}>
          {t('grants.ask.clear')}
        </Button>
      )}
    </Paper>
  );
}
