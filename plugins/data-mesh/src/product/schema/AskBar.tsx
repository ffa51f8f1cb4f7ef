import { useMemo } from 'react';
import type {
  DataProductEntity,
  OutputPort,
  PortOverview,
  RequestDraft,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useNavigate } from 'react-router-dom';
import { ToneChip } from '../../components';
import { KeyHint } from '../../components/KeyHint';
import { useKeys } from '../../components/useKeys';
import { PriceWords } from '../../request/form/price/PriceWords';
import { usePreview } from '../../request/form/price/usePreview';
import { requestFormRouteRef } from '../../routes';
import {
  addPicks,
  countPicked,
  PickedColumns,
  writeColumns,
} from '../../scope/columnsInUrl';
import { picksOfScope, scopeOfPicks } from '../../scope/picks';
import { useT } from '../../useT';
import { accessToChange } from './portAccess';

const useStyles = makeStyles(theme => ({
  root: {
    position: 'sticky',
    bottom: 0,
    zIndex: 3,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1.5),
    marginTop: theme.spacing(1),
    padding: theme.spacing(1, 1.5),
    background: theme.palette.background.paper,
    color: theme.palette.text.primary,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    boxShadow: theme.shadows[3],
    fontFamily: theme.typography.fontFamily,
    '& button': { textTransform: 'none', minHeight: 36 },
  },
  words: { flex: '1 1 240px', minWidth: 0 },
  buttons: { display: 'flex', gap: theme.spacing(1), marginLeft: 'auto' },
}));

/** What was ticked, what asking for it takes, and the way to the form. */
export function AskBar(props: {
  product: DataProductEntity;
  /** The port that is asked for. */
  port: OutputPort;
  overview?: PortOverview;
  picked: PickedColumns;
  onClear: () => void;
  /** Leads to ticked columns of another port. */
  onShow: (port: string) => void;
}) {
  const { product, port, overview, picked, onClear, onShow } = props;
  const t = useT();
  const classes = useStyles();
  const navigate = useNavigate();
  const formLink = useRouteRef(requestFormRouteRef);
  const { name, namespace = 'default' } = product.metadata;
  const count = countPicked(picked, port.name);
  const held = accessToChange(overview);

  const draft = useMemo((): RequestDraft => {
    const productRef = stringifyEntityRef(product);
    const before = held ? picksOfScope(held.scope) : {};
    return {
      productRef,
      port: port.name,
      scope: scopeOfPicks(port, addPicks(before, picked[port.name] ?? {})),
      ...(held && {
        kind: 'amend' as const,
        entitlementId: held.id,
        principals: [held.principal.id],
      }),
    };
  }, [product, port, held, picked]);
  const preview = usePreview(draft);

  const ask = () => {
    const query = new URLSearchParams(
      held ? { amend: held.id } : { port: port.name },
    );
    writeColumns(
      query,
      { [port.name]: picked[port.name] ?? {} },
      [port],
      product.spec.access?.neverShared ?? [],
    );
    navigate(`${formLink({ namespace, name })}?${query}`);
  };
  useKeys({ 'Ctrl+Enter': ask });

  return (
    <div
      className={classes.root}
      role="region"
      aria-label={t('product.schema.bar')}
    >
      <ToneChip tone="waiting" label={t('product.schema.count', { count })} />
      <span className={classes.words}>
        <PriceWords preview={preview} />
        {product.spec.outputPorts
          .filter(
            one => one.name !== port.name && countPicked(picked, one.name) > 0,
          )
          .map(one => (
            <Button
              key={one.name}
              size="small"
              color="primary"
              onClick={() => onShow(one.name)}
            >
              {t('product.schema.more', {
                number: String(countPicked(picked, one.name)),
                port: one.title ?? one.name,
              })}
            </Button>
          ))}
      </span>
      <div className={classes.buttons}>
        <Button color="primary" onClick={onClear}>
          {t('product.schema.clear')}
        </Button>
        <Button variant="contained" color="primary" onClick={ask}>
          {t('product.schema.request', { count })}
          <KeyHint of="Ctrl ↵" />
        </Button>
      </div>
    </div>
  );
}
