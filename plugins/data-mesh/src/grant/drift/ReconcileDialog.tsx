import { useState } from 'react';
import type {
  NewReconciliation,
  Reconciliation,
  ScanStatus,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { accountInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { Loaded, useDataMesh } from '../../api';
import {
  CardSkeleton,
  CodeWords,
  parseWholeNumber,
  RelativeTime,
  toneColors,
  SubTitle,
} from '../../components';
import { useProducts } from '../../api/useProducts';
import { useT } from '../../useT';
import { PreviewDialog } from './PreviewDialog';
import { usePreviewed } from './usePreviewed';

const USUAL_PACE = 30;

type Of = 'everything' | 'product' | 'account';

const useStyles = makeStyles(theme => ({
  fields: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2),
    marginBottom: theme.spacing(2),
  },
  of: { minWidth: 180 },
  which: { flex: '1 1 220px' },
  pace: { width: 150 },
  list: {
    margin: theme.spacing(0.5, 0, 1),
    paddingLeft: theme.spacing(2.5),
    maxHeight: 300,
    overflowY: 'auto',
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere',
  },
  quiet: { color: theme.palette.text.secondary },
  bad: { color: toneColors(theme, 'bad').color },
  good: { color: toneColors(theme, 'good').color },
}));

/** What is meant, or undefined while it is not said. */
function targetOf(of: Of, which: string): NewReconciliation | undefined {
  if (of === 'everything') return { everything: true };
  if (!which) return undefined;
  return of === 'product' ? { productRef: which } : { accountId: which };
}

function Outcome(props: {
  item: Reconciliation['items'][number];
  done: boolean;
}) {
  const { item, done } = props;
  const t = useT();
  const classes = useStyles();
  return (
    <li>
      {item.words.map(words => (
        <div key={words}>
          <CodeWords text={words} />
        </div>
      ))}
      {item.error && <div className={classes.bad}>{item.error}</div>}
      {done && item.started && (
        <div className={classes.good}>{t('grants.reconcile.started')}</div>
      )}
      {!item.started && !item.error && item.startsAt && (
        <div className={classes.quiet}>
          <RelativeTime
            value={item.startsAt}
            prefix={t('grants.reconcile.starts')}
          />
        </div>
      )}
    </li>
  );
}

/**
 * Applies again all that was approved and is lacking, of a product, an account
 * or everywhere: shows first what that is, then begins it at a pace.
 */
export function ReconcileDialog(props: {
  scans: Loaded<ScanStatus>;
  onClose: (changed: boolean) => void;
}) {
  const { scans, onClose } = props;
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const products = useProducts();
  const [of, setOf] = useState<Of>('everything');
  const [which, setWhich] = useState('');
  const [pace, setPace] = useState(String(USUAL_PACE));
  const target = targetOf(of, which);
  const perMinute = parseWholeNumber(pace);
  const paceWrong = !perMinute || perMinute > 1000;
  const previewed = usePreviewed(
    target && !paceWrong
      ? `reconcile ${JSON.stringify(target)} ${perMinute}`
      : undefined,
    ({ dryRun }) =>
      api.reconcile({ ...target, perMinute, ...(dryRun && { dryRun }) }),
  );
  const { preview, result } = previewed;
  const items = (result ?? preview.value)?.items ?? [];
  const accounts = new Map(
    (scans.value?.items ?? []).flatMap(
      ({ target: { accountId, accountAlias } }) =>
        accountId
          ? [[accountId, accountInWords({ accountId, accountAlias })]]
          : [],
    ),
  );
  let why = '';
  if (!target)
    why = t(`grants.reconcile.choose.${of === 'account' ? of : 'product'}`);
  else if (paceWrong) why = t('grants.reconcile.paceWrong');

  return (
    <PreviewDialog
      title={t('grants.reconcile.title')}
      words={t('grants.reconcile.words')}
      maxWidth="md"
      previewed={previewed}
      failed={t('grants.reconcile.failed')}
      permission="data-mesh.entitlement.reapply"
      status={!result && why}
      submit={t('grants.reconcile.do')}
      blocked={Boolean(why) || items.length === 0}
      onClose={onClose}
    >
      {!result && (
        <div className={classes.fields}>
          <TextField
            id="data-mesh-reconcile-of"
            className={classes.of}
            select
            size="small"
            variant="outlined"
            label={t('grants.reconcile.of')}
            value={of}
            onChange={event => {
              const chosen = (
                ['everything', 'product', 'account'] as const
              ).find(one => one === event.target.value);
              if (chosen) setOf(chosen);
              setWhich('');
            }}
          >
            <MenuItem value="everything">
              {t('grants.reconcile.everything')}
            </MenuItem>
            <MenuItem value="product">{t('grants.groups.product')}</MenuItem>
            <MenuItem value="account">{t('grants.groups.account')}</MenuItem>
          </TextField>
          {of !== 'everything' && (
            <TextField
              id="data-mesh-reconcile-which"
              className={classes.which}
              select
              size="small"
              variant="outlined"
              label={t(`grants.groups.${of}`)}
              value={which}
              onChange={event => setWhich(event.target.value)}
            >
              {of === 'account'
                ? [...accounts].map(([id, name]) => (
                    <MenuItem key={id} value={id}>
                      {name}
                    </MenuItem>
                  ))
                : (products.value ?? []).map(product => {
                    const ref =
                      stringifyEntityRef(product).toLocaleLowerCase('en-US');
                    return (
                      <MenuItem key={ref} value={ref}>
                        {product.metadata.title ?? product.metadata.name}
                      </MenuItem>
                    );
                  })}
            </TextField>
          )}
          <TextField
            id="data-mesh-reconcile-pace"
            className={classes.pace}
            size="small"
            variant="outlined"
            label={t('grants.reconcile.pace')}
            value={pace}
            error={paceWrong}
            inputProps={{ inputMode: 'numeric', maxLength: 4 }}
            onChange={event => setPace(event.target.value)}
          />
        </div>
      )}
      {preview.loading && <CardSkeleton lines={3} />}
      {(result ?? preview.value) && (
        <>
          <SubTitle component="h3">
            {result
              ? t('grants.reconcile.result', {
                  started: String(items.filter(one => one.started).length),
                  total: String(items.length),
                })
              : t('grants.reconcile.count', { count: items.length })}
          </SubTitle>
          <ul className={classes.list}>
            {items.map(item => (
              <Outcome
                key={item.entitlementId}
                item={item}
                done={result !== undefined}
              />
            ))}
          </ul>
        </>
      )}
    </PreviewDialog>
  );
}
