import { FormEvent, useMemo, useState } from 'react';
import type {
  AccessRequest,
  DataProductEntity,
  Me,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  isOpenRequest,
  requestActions,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  ErrorState,
  PageFrame,
  RelativeTime,
  toneColors,
} from '../../components';
import { PrincipalLabel } from '../../principal/PrincipalLabel';
import { PendingChanges } from '../../entitlement/notices/PendingChanges';
import { LastWords } from '../LastWords';
import { useT } from '../../useT';
import { ConsumerField } from './fields/ConsumerField';
import { FieldProblems } from '../../scope/FieldProblems';
import { AboutAccess } from './draft/formDraft';
import { FormSection } from '../../components/FormSection';
import { formTitle } from './formTitle';
import { KeptScope } from './KeptScope';
import { picksWithout } from '../../scope/picks';
import { PrincipalField } from './fields/PrincipalField';
import { problemsAt } from '../../scope/problemFields';
import { ScopeChanges } from './ScopeChanges';
import { SendBar } from './SendBar';
import { useRequestForm } from './useRequestForm';
import { WhatSection } from './fields/WhatSection';
import { WhatWillHappen } from './price/WhatWillHappen';
import { WhySection } from './fields/WhySection';

const useStyles = makeStyles(theme => ({
  layout: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 340px',
    columnGap: theme.spacing(2.5),
    alignItems: 'start',
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  form: { minWidth: 0, display: 'contents' },
  fields: { minWidth: 0, gridColumn: 1 },
  aside: {
    gridColumn: 2,
    gridRow: '1 / span 3',
    position: 'sticky',
    top: theme.spacing(2),
    maxHeight: `calc(100vh - ${theme.spacing(4)}px)`,
    overflowY: 'auto',
    [theme.breakpoints.down('sm')]: {
      gridColumn: 1,
      gridRow: 'auto',
      position: 'static',
      maxHeight: 'none',
    },
  },
  bar: { gridColumn: 1, minWidth: 0 },
  failed: { marginBottom: theme.spacing(2) },
  general: { marginBottom: theme.spacing(2) },
  saved: { color: theme.palette.text.secondary },
  notice: {
    padding: theme.spacing(1, 1.5),
    marginBottom: theme.spacing(2),
    borderRadius: theme.shape.borderRadius,
    ...toneColors(theme, 'attention'),
  },
  comment: { marginBottom: theme.spacing(2) },
}));

/** The form itself, with what will happen beside it. */
export function RequestForm(props: {
  product: DataProductEntity;
  productRef: string;
  me: Me;
  port?: string;
  revise?: RequestDetail;
  /** A request that came to nothing, to begin with what it said. */
  like?: RequestDetail;
  about?: AboutAccess;
  onSent: (made: AccessRequest[]) => void;
  onCancel: () => void;
}) {
  const { product, productRef, me, revise, about, onSent, onCancel } = props;
  const t = useT();
  const classes = useStyles();
  const [comment, setComment] = useState('');
  const words = useMemo(
    () => ({
      overLimit: (days: number, max: number) =>
        t('requestForm.why.overLimit', {
          days: String(days),
          max: String(max),
        }),
      notDays: () => t('requestForm.why.notDays'),
      wholeOnly: () => t('requestForm.level.wholeOnly'),
    }),
    [t],
  );
  const form = useRequestForm({
    product,
    productRef,
    me,
    port: props.port,
    revise,
    like: props.like,
    about,
    onSent,
    words,
  });
  const { draft, dispatch, port, problems, preview, sending } = form;
  const fixedPrincipal = revise?.principal ?? about?.entitlement.principal;
  const picks = (port && draft.picks[port.name]) ?? {};
  const provisioner = me.provisioners.find(one => one.portType === port?.type);
  const request = sending.newer ?? revise;
  const closed = request && !requestActions[request.state].includes('revise');

  // One renewal or change of an access at a time.
  const waiting = !revise && about?.entitlement.requests?.some(isOpenRequest);

  let why: string | undefined;
  if (closed) {
    why = t('requestForm.send.notRevisable', {
      state: t(`state.${request.state}`).toLocaleLowerCase(),
    });
  } else if (waiting) {
    why = t('requestForm.about.waiting');
  } else if (form.missing.length) {
    why = t('requestForm.send.missing', {
      parts: form.missing
        .map(part => t(`requestForm.missing.${part}`))
        .join(', '),
    });
  } else if (form.blocking.length) {
    why = t('requestForm.send.problems', { count: form.blocking.length });
  }

  const without = (columns: string[]) =>
    port &&
    form.way.form === 'tables' &&
    about?.kind !== 'renew' &&
    picksWithout(port, picks, columns, form.neverShared);
  const leaveOut = (columns: string[]) => {
    const left = without(columns);
    if (!left || !port) return;
    dispatch({
      type: 'replace',
      draft: { ...draft, picks: { ...draft.picks, [port.name]: left } },
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!why && !sending.busy) form.send(comment);
  };
  const general = problemsAt(problems, 'form');

  return (
    <PageFrame
      title={t(formTitle(Boolean(revise), about?.kind))}
      breadcrumb={<EntityRefLink entityRef={product} />}
      actions={
        <>
          <Typography variant="body2" className={classes.saved} role="status">
            {form.notKept && t('requestForm.draft.notKept')}
            {!form.notKept && form.restored && (
              <>{t('requestForm.draft.restored')} · </>
            )}
            {!form.notKept && form.savedAt && (
              <RelativeTime
                value={form.savedAt}
                prefix={t('requestForm.draft.saved')}
              />
            )}
          </Typography>
          {form.savedAt && (
            <Button size="small" onClick={form.startOver}>
              {t('requestForm.draft.startOver')}
            </Button>
          )}
        </>
      }
    >
      {sending.newer && (
        <div className={classes.notice} role="alert">
          {t('requestForm.send.conflict', {
            state: t(`state.${sending.newer.state}`),
          })}
        </div>
      )}
      {revise?.state === 'changes-requested' && (
        <LastWords request={revise} purposes={me.purposes} />
      )}
      {about && waiting && <PendingChanges entitlement={about.entitlement} />}
      {general.length > 0 && (
        <div className={classes.general}>
          <FieldProblems problems={general} />
        </div>
      )}
      <form onSubmit={submit} className={classes.layout} noValidate>
        <div className={classes.fields}>
          {about?.kind === 'renew' ? (
            <KeptScope about={about} problems={problems} />
          ) : (
            <WhatSection
              product={product}
              port={port}
              portFixed={Boolean(revise || about)}
              picks={picks}
              way={form.way}
              capabilities={provisioner?.capabilities}
              columnStages={form.columnStages}
              problems={problems}
              onPort={name => dispatch({ type: 'port', port: name })}
              onPick={(table, pick) => dispatch({ type: 'pick', table, pick })}
              onWay={way => dispatch({ type: 'way', way })}
            />
          )}
          {about?.kind === 'amend' && (
            <ScopeChanges about={about} scope={form.asked.scope} />
          )}
          <FormSection
            id="data-mesh-whom"
            number={2}
            title={t('requestForm.whom.title')}
          >
            {fixedPrincipal ? (
              <>
                <PrincipalLabel principal={fixedPrincipal} />
                <FieldProblems problems={problemsAt(problems, 'principals')} />
              </>
            ) : (
              <PrincipalField
                me={me}
                chosen={draft.principals}
                problems={problemsAt(problems, 'principals')}
                onChange={principals =>
                  dispatch({ type: 'principals', principals })
                }
              />
            )}
            <ConsumerField
              consumerRef={draft.consumerRef}
              problems={problemsAt(problems, 'consumer')}
              onChange={consumerRef =>
                dispatch({ type: 'consumer', consumerRef })
              }
            />
          </FormSection>
          <WhySection
            draft={draft}
            purposes={form.purposes}
            allowedIds={product.spec.access?.purposes}
            limit={form.limit}
            problems={problems}
            about={about}
            dispatch={dispatch}
          />
          {revise && (
            <TextField
              id="data-mesh-revision-comment"
              className={classes.comment}
              fullWidth
              multiline
              rows={2}
              variant="outlined"
              label={t('requestForm.send.comment')}
              helperText={t('requestForm.send.commentHelp')}
              value={comment}
              inputProps={{ maxLength: 4000 }}
              onChange={event => setComment(event.target.value)}
            />
          )}
        </div>
        <aside className={classes.aside}>
          <WhatWillHappen
            preview={preview}
            me={me}
            portType={port?.type}
            revisedId={revise?.id}
            canLeaveOut={columns => Boolean(without(columns))}
            onLeaveOut={leaveOut}
          />
        </aside>
        <div className={classes.bar}>
          {sending.error && (
            <div className={classes.failed}>
              <ErrorState
                error={sending.error}
                what={t('requestForm.send.failedTitle')}
                title={`${t('requestForm.send.failedTitle')}. ${t(
                  'requestForm.send.failedHint',
                )}`}
              />
            </div>
          )}
          <SendBar
            label={
              revise
                ? t('requestForm.send.sendChange')
                : t('requestForm.send.send')
            }
            why={why}
            blocked={Boolean(why)}
            busy={sending.busy}
            onCancel={onCancel}
          />
        </div>
      </form>
    </PageFrame>
  );
}
