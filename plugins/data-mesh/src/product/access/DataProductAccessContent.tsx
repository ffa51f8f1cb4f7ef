import { useEffect, useRef } from 'react';
import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { getEntityRelations, useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh, useLoad } from '../../api';
import { EntitlementsSection } from './EntitlementsSection';
import { GrantsSection } from './GrantsSection';
import { OpenRequestsSection } from './OpenRequestsSection';
import { useEntitlementsOf } from './useEntitlementsOf';

const useStyles = makeStyles(theme => ({
  sections: { display: 'grid', gap: theme.spacing(3), minWidth: 0 },
}));

/** Who has access to a data product, why, and what AWS says about it. */
export function DataProductAccessContent() {
  const { entity } = useEntity<DataProductEntity>();
  const classes = useStyles();
  const dataMesh = useDataMesh();
  const productRef = stringifyEntityRef(entity);

  const entitlements = useEntitlementsOf(productRef);
  // Each answer costs calls to AWS: asked when the entitlements are known,
  // again when one changes, and not on every signal.
  const grants = useLoad(
    entitlements.loading ? undefined : `grants ${productRef}`,
    () => dataMesh.getProductGrants(productRef),
    { live: false },
  );
  const { reload } = grants;
  const standing = entitlements.value?.items
    .map(one => `${one.id} ${one.state}`)
    .join();
  const before = useRef<string>();
  useEffect(() => {
    if (before.current !== undefined && before.current !== standing) {
      void reload();
    }
    before.current = standing;
  }, [standing, reload]);

  return (
    <div className={classes.sections}>
      <EntitlementsSection
        productRef={productRef}
        ownerRefs={getEntityRelations(entity, RELATION_OWNED_BY).map(
          stringifyEntityRef,
        )}
        entitlements={entitlements}
      />
      <OpenRequestsSection productRef={productRef} />
      <GrantsSection grants={grants} />
    </div>
  );
}
