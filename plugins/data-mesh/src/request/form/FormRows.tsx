import type {
  DataProductEntity,
  Me,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import FormHelperText from '@material-ui/core/FormHelperText';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { FreeText, ReasonField } from '../../components';
import { PrincipalLabel } from '../../principal/PrincipalLabel';
import { isPicked, picksWithout } from '../../scope/picks';
import { problemsAt } from '../../scope/problemFields';
import { useT } from '../../useT';
import { ChangeDelta } from './ChangeDelta';
import { AboutAccess } from './draft/formDraft';
import { DurationField } from './fields/DurationField';
import { EndInstead } from './fields/EndInstead';
import { MoreFields } from './fields/MoreFields';
import { PrincipalField, PrincipalProblems } from './fields/PrincipalField';
import { RowsFields } from './fields/RowsFields';
import { WhatFields } from './fields/WhatFields';
import { WhyFields } from './fields/WhyFields';
import { KeptScope } from './KeptScope';
import { FormRow } from './rows/FormRow';
import { PickedColumns } from './rows/PickedColumns';
import { RowsAnswer } from './rows/RowsAnswer';
import type { useOpenRows } from './rows/useOpenRows';
import type { useRequestForm } from './useRequestForm';

const useStyles = makeStyles(theme => ({
  port: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0, 1),
  },
  quiet: { color: theme.palette.text.secondary },
  text: { textTransform: 'none', padding: theme.spacing(0, 0.5) },
}));

/** The questions of the form, each with its answer. */
export function FormRows(props: {
  product: DataProductEntity;
  me: Me;
  form: ReturnType<typeof useRequestForm>;
  rows: ReturnType<typeof useOpenRows>;
  revise?: RequestDetail;
  about?: AboutAccess;
  comment: string;
  onComment: (comment: string) => void;
}) {
  const { product, me, form, rows, revise, about } = props;
  const { draft, dispatch, port, problems, way } = form;
  const t = useT();
  const classes = useStyles();
  const picks = (port && draft.picks[port.name]) ?? {};
  const capabilities = me.provisioners.find(
    one => one.portType === port?.type,
  )?.capabilities;
  const byTables = way.form === 'tables';
  const anyPicked = Object.values(picks).some(isPicked);
  const renews = about?.kind === 'renew';
  const amends = about?.kind === 'amend';
  const fixed = revise?.principal ?? about?.entitlement.principal;
  const chosen = me.principals.filter(({ principal }) =>
    draft.principals.includes(principal.id),
  );
  const others = product.spec.outputPorts.filter(
    one => one.name !== port?.name,
  );
  const canSwitch = !revise && !about && others.length === 1;
  const putColumn = (table: string, column: string, on: boolean) => {
    if (!port) return;
    const pick = picks[table];
    if (on) {
      const columns = [...(pick?.columns ?? []), column];
      dispatch({
        type: 'pick',
        table,
        pick: { ...pick, mode: 'columns', columns },
      });
      return;
    }
    const left = picksWithout(
      port,
      picks,
      [`${table}.${column}`],
      form.neverShared,
    );
    if (left) dispatch({ type: 'pick', table, pick: left[table] });
  };

  return (
    <Paper variant="outlined">
      {renews && about ? (
        <FormRow
          id="what"
          label={t('requestForm.what.title')}
          answer={<KeptScope about={about} />}
          problems={[
            ...problemsAt(problems, 'port'),
            ...problemsAt(problems, 'columns'),
          ]}
        />
      ) : (
        <FormRow
          id="what"
          label={
            amends
              ? t('requestForm.about.changes')
              : t('requestForm.what.title')
          }
          action={
            byTables
              ? t(
                  rows.isOpen('what')
                    ? 'requestForm.row.done'
                    : 'requestForm.what.choose',
                )
              : undefined
          }
          open={rows.isOpen('what') && byTables}
          onToggle={() => rows.toggle('what')}
          problems={[
            ...problemsAt(problems, 'port'),
            ...problemsAt(problems, 'columns'),
          ]}
          answer={
            port && (
              <>
                <span className={classes.port}>
                  <strong>
                    <FreeText>{port.title ?? port.name}</FreeText>
                  </strong>
                  {port.version && (
                    <span className={classes.quiet}>v{port.version}</span>
                  )}
                  {canSwitch && !rows.isOpen('what') && (
                    <Button
                      className={classes.text}
                      size="small"
                      color="primary"
                      onClick={() =>
                        dispatch({ type: 'port', port: others[0].name })
                      }
                    >
                      {t('requestForm.what.switchTo', {
                        port: others[0].title ?? others[0].name,
                      })}
                    </Button>
                  )}
                </span>
                {amends && about && (
                  <ChangeDelta
                    about={about}
                    port={port}
                    scope={form.asked.scope}
                    columnStages={form.columnStages}
                    onColumn={putColumn}
                    onRows={
                      capabilities?.rowFilters
                        ? () => rows.toggle('rows')
                        : undefined
                    }
                  />
                )}
                {!amends && byTables && !rows.isOpen('what') && (
                  <PickedColumns port={port} picks={picks} />
                )}
                {!byTables && <span>{t(`requestForm.form.${way.form}`)}</span>}
              </>
            )
          }
        >
          <WhatFields
            product={product}
            port={port}
            portFixed={Boolean(revise || about)}
            picks={picks}
            way={way}
            capabilities={capabilities}
            columnStages={form.columnStages}
            onPort={name => dispatch({ type: 'port', port: name })}
            onPick={(table, pick) => dispatch({ type: 'pick', table, pick })}
          />
        </FormRow>
      )}
      {port &&
        byTables &&
        !renews &&
        capabilities?.rowFilters &&
        anyPicked &&
        (!amends || rows.isOpen('rows')) && (
          <FormRow
            id="rows"
            label={t('requestForm.what.rows')}
            action={t(
              rows.isOpen('rows')
                ? 'requestForm.row.done'
                : 'requestForm.row.onlySome',
            )}
            open={rows.isOpen('rows')}
            onToggle={() => rows.toggle('rows')}
            problems={
              rows.isOpen('rows') ? undefined : problemsAt(problems, 'rows')
            }
            answer={<RowsAnswer port={port} picks={picks} />}
          >
            <RowsFields
              port={port}
              picks={picks}
              problems={problems}
              onPick={(table, pick) => dispatch({ type: 'pick', table, pick })}
            />
          </FormRow>
        )}
      <FormRow
        id="for"
        label={t('requestForm.whom.title')}
        action={
          !fixed && me.principals.length > 1 && draft.principals.length > 0
            ? t(
                rows.isOpen('for')
                  ? 'requestForm.row.done'
                  : 'requestForm.row.change',
              )
            : undefined
        }
        open={!fixed && (rows.isOpen('for') || chosen.length === 0)}
        onToggle={() => rows.toggle('for')}
        problems={problemsAt(problems, 'principals')}
        answer={
          fixed ? (
            <PrincipalLabel principal={fixed} />
          ) : (
            !rows.isOpen('for') &&
            chosen.length > 0 && (
              <>
                {chosen.map(({ principal }) => (
                  <PrincipalLabel key={principal.id} principal={principal} />
                ))}
                <PrincipalProblems me={me} />
              </>
            )
          )
        }
      >
        <PrincipalField
          me={me}
          chosen={draft.principals}
          hasProblems={problemsAt(problems, 'principals').length > 0}
          onChange={principals => dispatch({ type: 'principals', principals })}
        />
      </FormRow>
      <FormRow
        id="why"
        label={t('requestForm.why.title')}
        problems={[
          ...problemsAt(problems, 'purpose'),
          ...problemsAt(problems, 'reason'),
        ]}
        answer={
          <>
            <WhyFields
              draft={draft}
              purposes={form.purposes}
              allowedIds={product.spec.access?.purposes}
              problems={problems}
              dispatch={dispatch}
            />
            {revise && (
              <ReasonField
                id="data-mesh-revision-comment"
                fullWidth
                rows={2}
                size="small"
                margin="normal"
                variant="outlined"
                label={t('requestForm.send.comment')}
                helperText={t('requestForm.send.commentHelp')}
                value={props.comment}
                onChange={event => props.onComment(event.target.value)}
              />
            )}
          </>
        }
      />
      {!amends && (
        <FormRow
          id="long"
          label={t('requestForm.why.duration')}
          problems={problemsAt(problems, 'duration')}
          answer={
            <>
              <DurationField
                days={draft.durationDays}
                limit={form.limit}
                error={problemsAt(problems, 'duration').length > 0}
                onChange={days => dispatch({ type: 'duration', days })}
              />
              <FormHelperText>
                {about
                  ? t('requestForm.why.limitFromNow', {
                      days: String(form.limit.days),
                    })
                  : t(`requestForm.why.limit.${form.limit.by}`, {
                      days: String(form.limit.days),
                    })}
              </FormHelperText>
              {about && <EndInstead about={about} days={draft.durationDays} />}
            </>
          }
        />
      )}
      <FormRow
        id="more"
        label=""
        answer={
          <span className={classes.quiet}>{t('requestForm.row.moreHint')}</span>
        }
        action={t(
          rows.isOpen('more')
            ? 'requestForm.row.fewer'
            : 'requestForm.row.more',
        )}
        open={rows.isOpen('more')}
        onToggle={() => rows.toggle('more')}
        problems={
          rows.isOpen('more')
            ? undefined
            : ['level' as const, 'tags' as const, 'consumer' as const].flatMap(
                field => problemsAt(problems, field),
              )
        }
      >
        <MoreFields
          product={product}
          port={port}
          way={way}
          withScope={!renews}
          capabilities={capabilities}
          consumerRef={draft.consumerRef}
          problems={problems}
          onWay={change => dispatch({ type: 'way', way: change })}
          onConsumer={consumerRef =>
            dispatch({ type: 'consumer', consumerRef })
          }
        />
      </FormRow>
    </Paper>
  );
}
