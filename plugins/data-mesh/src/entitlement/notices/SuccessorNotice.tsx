import { parseEntityRef } from '@backstage/catalog-model';
import {
  productInWords,
  type Entitlement,
  type EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { useDataMesh } from '../../api';
import { messageOf } from '../../components';
import { requestFormRouteRef } from '../../routes';
import { useT } from '../../useT';
import { useNoticeStyles } from './noticeStyles';
import { SuccessorWords } from './SuccessorWords';
import { useEntitlementWrite } from '../actions/useEntitlementWrite';

/**
 * That the product of an access has vanished, and what publishes its tables now:
 * the access is moved there, or asked for anew.
 */
export function SuccessorNotice(props: {
  entitlement: Entitlement | EntitlementDetail;
  onChange: (entitlement: EntitlementDetail) => void;
}) {
  const { entitlement, onChange } = props;
  const t = useT();
  const classes = useNoticeStyles();
  const api = useDataMesh();
  const formLink = useRouteRef(requestFormRouteRef);
  const { error, busy, write } = useEntitlementWrite(entitlement, onChange);
  const { successor } = entitlement;
  if (!successor) return null;
  const actions = 'actions' in entitlement ? entitlement.actions : [];
  const whyNot = 'actions' in entitlement ? entitlement.whyNotMove : undefined;
  const { productRef, port } = successor;
  const { namespace, name } = parseEntityRef(productRef);
  const isConsumer = actions.includes('relinquish');
  return (
    <div className={`${classes.attention} ${classes.inherit}`} role="status">
      <SuccessorWords name={productInWords(entitlement)} to={successor} />
      {whyNot && <div>{t('access.successor.stricter', { why: whyNot })}</div>}
      {error && (
        <div role="alert">
          {t('access.successor.notMoved', { message: messageOf(error) })}
        </div>
      )}
      <div className={classes.buttons}>
        {actions.includes('move') && !whyNot && (
          <Button
            size="small"
            variant="outlined"
            disabled={busy}
            onClick={() =>
              void write(({ id, version }) =>
                api.moveEntitlement(id, version, { productRef, port }),
              )
            }
          >
            {t('access.successor.move')}
          </Button>
        )}
        {isConsumer && (
          <LinkButton
            size="small"
            variant="outlined"
            color="inherit"
            to={`${formLink({ namespace, name })}?${new URLSearchParams({
              port,
            })}`}
          >
            {t('access.successor.ask')}
          </LinkButton>
        )}
      </div>
    </div>
  );
}
