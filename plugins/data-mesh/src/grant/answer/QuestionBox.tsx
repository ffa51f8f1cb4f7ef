import { KeyboardEvent, useMemo, useRef, useState } from 'react';
import Autocomplete, {
  createFilterOptions,
} from '@material-ui/lab/Autocomplete';
import Button from '@material-ui/core/Button';
import MenuItem from '@material-ui/core/MenuItem';
import Paper from '@material-ui/core/Paper';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useProducts } from '../../api/useProducts';
import { useSlashFocus } from '../../components/list/useSlashFocus';
import { useT } from '../../useT';
import { GrantsQuestion, GrantsUrl } from '../grantsUrl';
import { Place, placesOf, placeText } from './placeText';

/** Of tens of thousands of columns, those that a person looks through. */
const SHOWN = 50;
const filterPlaces = createFilterOptions<Place>({ limit: SHOWN });

const isSame = (a: Place, b: Place) =>
  a.text === b.text && a.catalogId === b.catalogId && a.region === b.region;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 1.5),
    padding: theme.spacing(1.5, 2),
    marginBottom: theme.spacing(2),
  },
  kind: { minWidth: 130 },
  subject: { flex: '1 1 280px', minWidth: 0 },
  date: { width: 170 },
}));

/** Asks who can see something, or what somebody can see, now or on a day. */
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
  const products = useProducts();
  const places = useMemo(
    () => placesOf(products.value ?? []),
    [products.value],
  );
  const [kind, setKind] = useState<GrantsQuestion['kind']>(
    question?.kind ?? 'who',
  );
  const [principal, setPrincipal] = useState(
    question?.kind === 'what' ? question.principal : '',
  );
  const chosen: Place | null =
    question?.kind === 'who'
      ? { ...question, text: placeText(question) }
      : null;
  // What a link names is shown also where the catalog has it no more.
  const options =
    chosen && !places.some(place => isSame(place, chosen))
      ? [chosen, ...places]
      : places;
  const askWhat = () => {
    if (principal.trim()) {
      onAsk({ question: { kind: 'what', principal: principal.trim() }, at });
    }
  };

  return (
    <Paper
      variant="outlined"
      component="section"
      className={classes.root}
      aria-label={t('grants.ask.subject')}
    >
      <TextField
        id="data-mesh-question-kind"
        className={classes.kind}
        select
        size="small"
        variant="outlined"
        inputProps={{
          // What is seen of it is a part of its name.
          'aria-label': `${t('grants.ask.subject')}: ${t(
            `grants.ask.${kind}`,
          )}`,
        }}
        value={kind}
        onChange={event => {
          setKind(event.target.value === 'what' ? 'what' : 'who');
          onAsk({ question: undefined, at });
        }}
      >
        <MenuItem value="who">{t('grants.ask.who')}</MenuItem>
        <MenuItem value="what">{t('grants.ask.what')}</MenuItem>
      </TextField>
      {kind === 'who' ? (
        <Autocomplete
          className={classes.subject}
          size="small"
          options={options}
          loading={products.loading}
          filterOptions={filterPlaces}
          value={chosen}
          getOptionLabel={place => place.text}
          getOptionSelected={isSame}
          onChange={(_, place) => {
            if (!place) {
              onAsk({ question: undefined, at });
              return;
            }
            const { text: _text, ...asked } = place;
            onAsk({ question: { kind: 'who', ...asked }, at });
          }}
          renderInput={params => (
            <TextField
              {...params}
              variant="outlined"
              inputRef={input}
              placeholder={t('grants.ask.placeHint')}
              inputProps={{
                ...params.inputProps,
                'aria-label': t('grants.ask.place'),
                'aria-keyshortcuts': '/',
              }}
            />
          )}
        />
      ) : (
        <>
          <TextField
            className={classes.subject}
            size="small"
            variant="outlined"
            placeholder={t('grants.ask.principalHint')}
            value={principal}
            inputRef={input}
            onChange={event => setPrincipal(event.target.value)}
            onKeyDown={(event: KeyboardEvent) => {
              if (event.key === 'Enter') askWhat();
            }}
            inputProps={{
              'aria-label': t('grants.ask.principal'),
              'aria-keyshortcuts': '/',
              maxLength: 255,
            }}
          />
          <Typography variant="body2">{t('grants.ask.whatEnd')}</Typography>
        </>
      )}
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
        inputProps={{
          'aria-label': t('grants.ask.date'),
          max: new Date().toISOString().slice(0, 10),
        }}
      />
      {kind === 'what' && (
        <Button
          variant="outlined"
          disabled={!principal.trim()}
          onClick={askWhat}
        >
          {t('grants.ask.label')}
        </Button>
      )}
      {question && (
        <Button onClick={() => onAsk({ question: undefined, at: undefined })}>
          {t('grants.ask.clear')}
        </Button>
      )}
    </Paper>
  );
}
