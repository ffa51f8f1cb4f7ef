import { useState } from 'react';
import type { Entitlement } from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Typography from '@material-ui/core/Typography';
import { EndEntitlementDialog } from '../../entitlement/actions/EndEntitlementDialog';
import { useMe, useProductOverview } from '../../api';
import {
  CodeWords,
  EmptyState,
  ErrorState,
  ListSkeleton,
} from '../../components';
import { useT } from '../../useT';
import { useDataTableStyles } from '../../components/list/dataTableStyles';
import { EntitlementRow } from './EntitlementRow';
import { LeftBehindNotice } from './LeftBehindNotice';
import { Section } from '../../components/Section';
import { EntitlementsOfProduct } from './useEntitlementsOf';

/** An empty list means nobody, unless there are consumers one may not see. */
function NobodyListed(props: { unseen: number }) {
  const { unseen } = props;
  const t = useT();
  return unseen > 0 ? (
    <EmptyState
      title={t('product.access.unseen', { count: unseen })}
      description={
        <CodeWords
          text={t('product.access.unseenWords', {
            permission: '`data-mesh.entitlement.read`',
          })}
        />
      }
    />
  ) : (
    <EmptyState
      title={t('product.access.nobody')}
      description={t('product.access.nobodyWords')}
    />
  );
}

/** Who has access by decisions made here; owners may end it. */
export function EntitlementsSection(props: {
  productRef: string;
  /** Full references of who owns the product. */
  ownerRefs: readonly string[];
  entitlements: EntitlementsOfProduct;
}) {
  const { productRef, ownerRefs, entitlements } = props;
  const t = useT();
  const classes = useDataTableStyles();
  // Without it the table stands as well, only without Revoke in its rows.
  const me = useMe();
  // The list leaves out what the caller may not read; the count does not.
  const overview = useProductOverview(productRef);
  const [ending, setEnding] = useState<Entitlement>();
  const { value } = entitlements;
  const listed = new Set(
    value?.items
      .filter(one => one.state === 'active' && one.productRef === productRef)
      .map(one => one.principal.id),
  );
  const unseen =
    overview.value && value && !value.more
      ? Math.max(0, overview.value.consumers - listed.size)
      : 0;

  // Whether an empty list means nobody, the overview says.
  const isUnknown =
    entitlements.loading || (value?.items.length === 0 && overview.loading);

  const isMine = (ref: string) =>
    me.value?.ownershipRefs.includes(ref) ?? false;
  const owns = (one: Entitlement) => isMine(one.productOwnerRef);

  return (
    <Section
      title={t('product.access.who')}
      words={t('product.access.whoWords')}
      actions={
        <FormControlLabel
          control={
            <Checkbox
              size="small"
              color="primary"
              checked={entitlements.former}
              onChange={(_, checked) => entitlements.setFormer(checked)}
            />
          }
          label={t('product.access.former')}
        />
      }
      notice={
        entitlements.error &&
        value && (
          <div className={classes.notice}>
            <ErrorState
              error={entitlements.error}
              what={t('product.access.whatEntitlements')}
              onRetry={entitlements.reload}
            />
          </div>
        )
      }
    >
      {isUnknown && <ListSkeleton rows={3} lines={2} />}
      {entitlements.error && !value && (
        <ErrorState
          error={entitlements.error}
          what={t('product.access.whatEntitlements')}
          permission="data-mesh.entitlement.read"
          onRetry={entitlements.reload}
        />
      )}
      {value && value.items.length === 0 && !isUnknown && (
        <NobodyListed unseen={unseen} />
      )}
      {value && (
        <LeftBehindNotice
          entitlements={value.items}
          productRef={productRef}
          mayMove={Boolean(me.value?.governs) || ownerRefs.some(isMine)}
          onMoved={entitlements.reload}
        />
      )}
      {value && value.items.length > 0 && (
        <table className={classes.table} aria-label={t('product.access.who')}>
          <thead>
            <tr>
              <th scope="col">{t('product.access.principal')}</th>
              <th scope="col">{t('product.access.scope')}</th>
              <th scope="col">{t('product.access.state')}</th>
              <th scope="col">{t('product.access.why')}</th>
              <th scope="col">{t('product.access.time')}</th>
              <th scope="col" aria-label={t('product.access.actions')} />
            </tr>
          </thead>
          <tbody>
            {value.items.map(one => (
              <EntitlementRow
                key={one.id}
                entitlement={one}
                purposes={me.value?.purposes}
                mayRevoke={owns(one)}
                onRevoke={() => setEnding(one)}
                onChanged={entitlements.reload}
              />
            ))}
          </tbody>
        </table>
      )}
      {value && value.items.length > 0 && unseen > 0 && (
        <Typography
          variant="body2"
          color="textSecondary"
          className={classes.notice}
        >
          {t('product.access.unseenMore', { count: unseen })}
        </Typography>
      )}
      {value?.more && (
        <Button
          fullWidth
          color="primary"
          disabled={entitlements.reloading}
          onClick={entitlements.showMore}
        >
          {t('product.access.more')}
        </Button>
      )}
      {ending && (
        <EndEntitlementDialog
          entitlement={ending}
          mode="revoke"
          open
          onClose={() => setEnding(undefined)}
          onDone={() => {
            setEnding(undefined);
            void entitlements.reload();
          }}
        />
      )}
    </Section>
  );
}
