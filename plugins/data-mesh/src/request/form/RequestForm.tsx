import { FormEvent, useMemo, useState } from 'react';
import type {
  AccessRequest,
  DataProductEntity,
  Me,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  isOpenRequest,
  isSameScope,
  requestActions,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from 'react-router-dom';
import { ErrorState, PageFrame, toneColors } from '../../components';
import { useKeys } from '../../components/useKeys';
import { PendingChanges } from '../../entitlement/notices/PendingChanges';
import { FieldProblems } from '../../scope/FieldProblems';
import { picksWithout } from '../../scope/picks';
import { problemsAt } from '../../scope/problemFields';
import { useT } from '../../useT';
import { LastWords } from '../LastWords';
import { AboutAccess, LinkedColumns } from './draft/formDraft';
import { DraftState } from './DraftState';
import { NoPrincipalNotice } from './fields/PrincipalField';
import { FormRows } from './FormRows';
import { formTitle } from './formTitle';
import { PriceWords } from './price/PriceWords';
import { WhatItTakes } from './price/WhatItTakes';
import { openAtFirst } from './rows/openAtFirst';
import { rowToMend } from './rows/rowsOfForm';
import { useOpenRows } from './rows/useOpenRows';
import { SendBar } from './SendBar';
import { useRequestForm } from './useRequestForm';

const useStyles = makeStyles(theme => ({
  layout: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 340px',
    gap: theme.spacing(2),
    alignItems: 'start',
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  fields: { minWidth: 0, gridColumn: 1 },
  aside: {
    gridColumn: 2,
    gridRow: 1,
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
  failed: { gridColumn: '1 / -1' },
  general: { marginBottom: theme.spacing(2) },
  notice: {
    padding: theme.spacing(1, 1.5),
    marginBottom: theme.spacing(2),
    borderRadius: theme.shape.borderRadius,
    ...toneColors(theme, 'attention'),
  },
}));

/** The form itself, with what will happen beside it. */
export function RequestForm(props: {
  product: DataProductEntity;
  productRef: string;
  me: Me;
  port?: string;
  /** Columns that were ticked before. */
  linked?: LinkedColumns;
  /** Purposes that the caller used before, the newest first. */
  usedPurposes?: readonly string[];
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
    linked: props.linked,
    usedPurposes: props.usedPurposes,
    revise,
    like: props.like,
    about,
    onSent,
    words,
  });
  const { draft, dispatch, port, problems, preview, sending } = form;
  const picks = (port && draft.picks[port.name]) ?? {};
  const request = sending.newer ?? revise;
  const closed = request && !requestActions[request.state].includes('revise');
  const rows = useOpenRows(() => openAtFirst({ form, about }));

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
  } else if (
    about?.kind === 'amend' &&
    form.asked.scope &&
    isSameScope(about.entitlement.scope, form.asked.scope)
  ) {
    why = t('requestForm.about.same');
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
  const send = () => {
    if (closed || waiting || sending.busy) return;
    const row = rowToMend(form.missing, form.blocking);
    if (row) rows.jumpTo(row);
    else form.send(comment);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  useKeys({ 'Ctrl+Enter': send });
  const general = problemsAt(problems, 'form');

  return (
    <PageFrame
      title={t(formTitle(Boolean(revise), about?.kind))}
      breadcrumb={<EntityRefLink entityRef={product} />}
      actions={
        about?.kind === 'amend' &&
        me.principals.length > 1 && (
          <Link to={`?${new URLSearchParams({ port: port?.name ?? '' })}`}>
            {t('requestForm.about.another')}
          </Link>
        )
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
      {me.principals.length === 0 && !revise && !about && (
        <div className={classes.notice}>
          <NoPrincipalNotice me={me} />
        </div>
      )}
      {general.length > 0 && (
        <div className={classes.general}>
          <FieldProblems problems={general} />
        </div>
      )}
      <form onSubmit={submit} className={classes.layout} noValidate>
        <div className={classes.fields}>
          <FormRows
            product={product}
            me={me}
            form={form}
            rows={rows}
            revise={revise}
            about={about}
            comment={comment}
            onComment={setComment}
          />
        </div>
        <aside className={classes.aside}>
          <WhatItTakes
            preview={preview}
            me={me}
            portType={port?.type}
            revisedId={revise?.id}
            canLeaveOut={columns => Boolean(without(columns))}
            onLeaveOut={leaveOut}
          />
        </aside>
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
          draft={<DraftState form={form} />}
          price={
            form.asked.scope &&
            preview.value && <PriceWords preview={preview} brief />
          }
          why={why}
          blocked={Boolean(closed || waiting)}
          busy={sending.busy}
          onCancel={onCancel}
        />
      </form>
    </PageFrame>
  );
}
