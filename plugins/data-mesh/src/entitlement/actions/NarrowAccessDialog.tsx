import { FormEvent, useMemo, useState } from 'react';
import type {
  Entitlement,
  EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  productInWords,
  scopeForm,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { DateTime } from 'luxon';
import { useDataMesh, useProduct } from '../../api';
import {
  CardSkeleton,
  Code,
  CodeWords,
  ErrorState,
  problemsOf,
  toneColors,
  PlainDialog,
  SubTitle,
  ReasonField,
} from '../../components';
import { ColumnPicker } from '../../scope/ColumnPicker';
import { FieldProblems } from '../../scope/FieldProblems';
import { ManyTexts } from '../../scope/ManyTexts';
import { RowsField } from '../../scope/rows/RowsField';
import { ChangeList } from '../../scope/ChangeList';
import { picksOfAll, tablesToNarrow } from '../../scope/narrowing';
import { diffScopes } from '../../scope/requestDiff';
import { useT } from '../../useT';
import { LeftOver, narrowedAccess } from './narrowedAccess';
import { useEntitlementWrite } from './useEntitlementWrite';

const TITLE_ID = 'data-mesh-narrow-access';
const NONE: string[] = [];

const useStyles = makeStyles(theme => ({
  table: { marginBottom: theme.spacing(3) },
  end: { width: 240, maxWidth: '100%', margin: theme.spacing(1, 0, 2) },
  tag: { marginBottom: theme.spacing(1.5) },
  notice: {
    padding: theme.spacing(1, 1.5),
    marginBottom: theme.spacing(2),
    borderRadius: theme.shape.borderRadius,
    ...toneColors(theme, 'attention'),
  },
  why: { flex: 1 },
}));

/** The day before a moment: an end on that day is earlier. */
function dayBefore(value: string | undefined): string | undefined {
  return value === undefined
    ? undefined
    : DateTime.fromISO(value).toUTC().minus({ days: 1 }).toFormat('yyyy-MM-dd');
}

/** Takes a part of an access away, which nobody has to approve. */
export function NarrowAccessDialog(props: {
  entitlement: Entitlement;
  onClose: () => void;
  onDone: (narrowed: EntitlementDetail) => void;
}) {
  const { entitlement, onClose, onDone } = props;
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const { current, conflict, error, busy, write } = useEntitlementWrite(
    entitlement,
    onDone,
  );
  const [left, setLeft] = useState<LeftOver>({ picks: {}, rows: {} });
  const [reason, setReason] = useState('');
  const { scope, expiresAt, productRef, port } = current;
  const form = scopeForm(scope);
  const product = useProduct(
    form === 'tag-expression' ? undefined : productRef,
  );
  const tables = useMemo(() => {
    const { entity } = product.value ?? {};
    const known =
      entity?.spec.outputPorts.find(one => one.name === port)?.tables ?? [];
    return form === 'all-tables'
      ? [...known]
      : tablesToNarrow(scope, entity, port);
  }, [form, scope, port, product.value]);
  const picks = { ...picksOfAll(tables), ...left.picks };
  const narrowed = narrowedAccess(current, tables, left);
  const tags = left.tags ?? scope.tagExpression ?? [];

  let why: string | undefined;
  if (narrowed === 'nothing left') why = t('access.narrow.nothing');
  else if (narrowed === 'same') why = t('access.narrow.same');
  else if (narrowed === 'rows') why = t('requestForm.rows.notYet');
  else if (narrowed === 'no filter') why = t('access.narrow.noFilter');
  else if (!reason.trim()) why = t('access.narrow.needsReason');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (why || busy || typeof narrowed === 'string') return;
    void write(({ id, version }) =>
      api.narrowEntitlement(id, version, {
        ...narrowed,
        reason: reason.trim(),
      }),
    );
  };

  return (
    <PlainDialog open onClose={onClose} titleId={TITLE_ID} maxWidth="md">
      <form onSubmit={submit}>
        <DialogTitle id={TITLE_ID}>
          {t('access.narrow.title', {
            principal: current.principal.name,
            product: productInWords(current),
          })}
        </DialogTitle>
        <DialogContent>
          {conflict && (
            <div className={classes.notice} role="alert">
              {t('access.narrow.conflict')}
            </div>
          )}
          {error && (
            <>
              <ErrorState
                error={error}
                what={t('access.narrow.failed')}
                title={t('access.narrow.failed')}
              />
              <FieldProblems
                problems={problemsOf(error).map(problem => ({
                  field: 'form',
                  reason: problem.reason,
                }))}
              />
            </>
          )}
          <DialogContentText variant="body2">
            {t('access.narrow.words')}
          </DialogContentText>
          {product.loading && <CardSkeleton lines={3} />}
          {form === 'tag-expression' &&
            (scope.tagExpression ?? []).map(({ key, values }, index) => (
              <div key={key} className={classes.tag}>
                <ManyTexts
                  id={`data-mesh-narrow-tag-${index}`}
                  label={key}
                  values={tags[index]?.values ?? values}
                  options={values}
                  onChange={next =>
                    setLeft({
                      ...left,
                      tags: tags.map((tag, at) =>
                        at === index
                          ? {
                              key,
                              values: values.filter(one => next.includes(one)),
                            }
                          : tag,
                      ),
                    })
                  }
                />
              </div>
            ))}
          {!product.loading &&
            form !== 'tag-expression' &&
            tables.map(table => {
              const held = scope.tables.find(one => one.table === table.name);
              return (
                <section
                  key={table.name}
                  className={classes.table}
                  aria-label={table.name}
                >
                  <Typography variant="subtitle2" component="h3" gutterBottom>
                    <Code>{table.name}</Code>
                  </Typography>
                  {table.columns.length === 0 ? (
                    <Typography variant="body2" color="textSecondary">
                      <CodeWords
                        text={t('requests.decide.narrowWhole', {
                          table: table.name,
                        })}
                      />
                    </Typography>
                  ) : (
                    <ColumnPicker
                      table={table}
                      picked={picks[table.name]?.columns ?? NONE}
                      neverShared={NONE}
                      addsOf={() => NONE}
                      onChange={columns =>
                        setLeft({
                          ...left,
                          picks: {
                            ...left.picks,
                            [table.name]: { mode: 'columns', columns },
                          },
                        })
                      }
                    />
                  )}
                  {held?.rowFilter !== undefined && (
                    <Typography variant="body2">
                      {t('scope.rowsWhere')} <Code>{held.rowFilter}</Code>
                    </Typography>
                  )}
                  {held?.rowFilter === undefined &&
                    scope.level === 'read' &&
                    table.columns.length > 0 && (
                      <RowsField
                        name={table.name}
                        columns={table.columns}
                        rowFilter={left.rows[table.name]}
                        problems={[]}
                        onChange={rowFilter =>
                          setLeft({
                            ...left,
                            rows: { ...left.rows, [table.name]: rowFilter },
                          })
                        }
                      />
                    )}
                </section>
              );
            })}
          <TextField
            id="data-mesh-narrow-end"
            className={classes.end}
            size="small"
            variant="outlined"
            type="date"
            label={t('access.narrow.end')}
            helperText={t('access.narrow.endHelp')}
            value={left.lastDay ?? ''}
            InputLabelProps={{ shrink: true }}
            inputProps={{
              min: new Date().toISOString().slice(0, 10),
              max: dayBefore(expiresAt),
            }}
            onChange={event =>
              setLeft({ ...left, lastDay: event.target.value || undefined })
            }
          />
          {typeof narrowed !== 'string' && narrowed.scope && (
            <section aria-label={t('access.narrow.goes')}>
              <SubTitle component="h3">{t('access.narrow.goes')}</SubTitle>
              <Typography variant="body2" component="div" paragraph>
                <ChangeList changes={diffScopes(scope, narrowed.scope)} />
              </Typography>
            </section>
          )}
          <ReasonField
            id="data-mesh-narrow-reason"
            fullWidth
            rows={2}
            variant="outlined"
            required
            label={t('access.end.whyRevoke')}
            helperText={t('access.narrow.reasonHelp')}
            value={reason}
            onChange={event => setReason(event.target.value)}
          />
        </DialogContent>
        <DialogActions>
          <Typography
            variant="body2"
            color="textSecondary"
            role="status"
            className={classes.why}
          >
            {why}
          </Typography>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            type="submit"
            color="primary"
            variant="contained"
            disabled={Boolean(why) || busy}
          >
            {t('access.narrow.do')}
          </Button>
        </DialogActions>
      </form>
    </PlainDialog>
  );
}
