import { useState } from 'react';
import {
  productInWords,
  type Entitlement,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import { useNoticeStyles } from '../../entitlement/notices/noticeStyles';
import { useDataMesh } from '../../api';
import { FreeText, messageOf } from '../../components';
import { useT } from '../../useT';

/**
 * Access that products left behind which are not in the catalog any more, and
 * whose tables this product publishes now: it is moved here.
 */
export function LeftBehindNotice(props: {
  /** Those listed, of this product and of others. */
  entitlements: readonly Entitlement[];
  productRef: string;
  mayMove: boolean;
  onMoved: () => void;
}) {
  const { entitlements, productRef, mayMove, onMoved } = props;
  const t = useT();
  const classes = useNoticeStyles();
  const api = useDataMesh();
  const [busy, setBusy] = useState(false);
  const [failures, setFailures] = useState<string[]>([]);
  const left = entitlements.filter(
    ({ successor }) => successor?.productRef === productRef,
  );
  if (left.length === 0) return null;
  const names = [...new Set(left.map(productInWords))];

  const moveAll = async () => {
    setBusy(true);
    const failed: string[] = [];
    for (const { id, version, successor } of left) {
      if (!successor) continue;
      const { port } = successor;
      try {
        await api.moveEntitlement(id, version, { productRef, port });
      } catch (error) {
        failed.push(messageOf(error as Error));
      }
    }
    setFailures([...new Set(failed)]);
    setBusy(false);
    onMoved();
  };

  return (
    <div className={classes.attention} role="status">
      <FreeText>
        {t('product.access.left', {
          count: left.length,
          names: names.join(', '),
        })}
      </FreeText>
      {failures.length > 0 && (
        <ul className={classes.list} role="alert">
          {failures.map(message => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
      {mayMove && (
        <div className={classes.buttons}>
          <Button
            size="small"
            variant="outlined"
            disabled={busy}
            onClick={() => void moveAll()}
          >
            {t('product.access.moveHere', { count: left.length })}
          </Button>
        </div>
      )}
    </div>
  );
}
