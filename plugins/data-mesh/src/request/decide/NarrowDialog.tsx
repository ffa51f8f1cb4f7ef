import { FormEvent, ReactNode, useMemo, useState } from 'react';
import type {
  NewDecision,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useProduct } from '../../api';
import {
  CardSkeleton,
  Code,
  CodeWords,
  parseWholeNumber,
  PlainDialog,
  ReasonField,
} from '../../components';
import { ColumnPicker } from '../../scope/ColumnPicker';
import { PortPicks } from '../../scope/picks';
import { useT } from '../../useT';
import { narrowingOf, picksOfAll, tablesToNarrow } from '../../scope/narrowing';

const TITLE_ID = 'data-mesh-narrow-dialog';
const NONE: string[] = [];

const useStyles = makeStyles(theme => ({
  table: { marginBottom: theme.spacing(2) },
  days: { width: 300, maxWidth: '100%', marginBottom: theme.spacing(2) },
}));

/** Approves less than was asked for: fewer columns, or a shorter time. */
export function NarrowDialog(props: {
  request: RequestDetail;
  open: boolean;
  comment: string;
  busy: boolean;
  children?: ReactNode;
  onComment: (comment: string) => void;
  onClose: () => void;
  onSubmit: (decision: NewDecision) => void;
}) {
  const { request, open, comment, busy, onClose, onSubmit } = props;
  const t = useT();
  const classes = useStyles();
  const product = useProduct(open ? request.productRef : undefined);
  const tables = useMemo(
    () => tablesToNarrow(request.scope, product.value?.entity, request.port),
    [request.scope, request.port, product.value],
  );
  // What is left out, so that the arrival of the catalog's answer changes nothing.
  const [left, setLeft] = useState<PortPicks>({});
  const picks = { ...picksOfAll(tables), ...left };
  const [typed, setTyped] = useState<string>();
  const days =
    typed === undefined ? request.durationDays : parseWholeNumber(typed);
  const daysWrong =
    days === undefined || days < 1 || days > request.durationDays;
  const narrowing = narrowingOf(
    request,
    tables,
    picks,
    days ?? request.durationDays,
  );

  let why: string | undefined;
  if (daysWrong) {
    why = t('requests.decide.narrowDaysWrong', {
      days: String(request.durationDays),
    });
  } else if (narrowing === 'nothing left') {
    why = t('requests.decide.narrowNothing');
  } else if (
    !narrowing.narrowedScope &&
    narrowing.narrowedDurationDays === undefined
  ) {
    why = t('requests.decide.narrowSame');
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (why || busy || narrowing === 'nothing left') return;
    onSubmit({
      decision: 'approve',
      comment: comment.trim() || undefined,
      ...narrowing,
    });
  };

  return (
    <PlainDialog open={open} onClose={onClose} titleId={TITLE_ID} maxWidth="md">
      <form onSubmit={submit}>
        <DialogTitle id={TITLE_ID}>
          {t('requests.decide.narrowTitle')}
        </DialogTitle>
        <DialogContent>
          <DialogContentText variant="body2">
            {t('requests.decide.narrowHelp')}
          </DialogContentText>
          {props.children}
          {product.loading && <CardSkeleton lines={3} />}
          {!product.loading &&
            tables.map(table => (
              <div key={table.name} className={classes.table}>
                {table.columns.length === 0 ? (
                  <Typography variant="body2" color="textSecondary">
                    <CodeWords
                      text={t('requests.decide.narrowWhole', {
                        table: table.name,
                      })}
                    />
                  </Typography>
                ) : (
                  <>
                    <Typography variant="subtitle2" component="h3" gutterBottom>
                      <Code>{table.name}</Code>
                    </Typography>
                    <ColumnPicker
                      table={table}
                      picked={picks[table.name]?.columns ?? NONE}
                      neverShared={NONE}
                      addsOf={() => NONE}
                      onChange={columns =>
                        setLeft({
                          ...left,
                          [table.name]: { mode: 'columns', columns },
                        })
                      }
                    />
                  </>
                )}
              </div>
            ))}
          <TextField
            id="data-mesh-narrow-days"
            className={classes.days}
            size="small"
            variant="outlined"
            label={t('requests.decide.narrowDays')}
            helperText={t('requests.decide.narrowDaysHelp', {
              days: String(request.durationDays),
            })}
            value={typed ?? String(request.durationDays)}
            error={daysWrong}
            inputProps={{ inputMode: 'numeric', maxLength: 5 }}
            onChange={event => setTyped(event.target.value)}
          />
          <ReasonField
            id="data-mesh-narrow-comment"
            fullWidth
            rows={3}
            variant="outlined"
            label={t('requests.decide.commentOptional')}
            value={comment}
            onChange={event => props.onComment(event.target.value)}
          />
        </DialogContent>
        <DialogActions>
          <Typography variant="body2" color="textSecondary" role="status">
            {why}
          </Typography>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            type="submit"
            color="primary"
            variant="contained"
            disabled={Boolean(why) || busy}
          >
            {t('requests.decide.narrowDo')}
          </Button>
        </DialogActions>
      </form>
    </PlainDialog>
  );
}
