import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
  EntityInfoCard,
  EntityRefLink,
  useEntity,
} from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Code, EmptyState, fullRef } from '../components';
import { useT } from '../useT';
import { PortCard } from './PortCard';

const useStyles = makeStyles(theme => ({
  ports: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(300px, 100%), 1fr))',
    gap: theme.spacing(2),
  },
  inputs: { marginTop: theme.spacing(3) },
  list: { margin: theme.spacing(0.5, 0, 0), paddingLeft: theme.spacing(2.5) },
}));

/** The ports of a data product: what it gives, and what it reads. */
export function DataProductPortsCard() {
  const { entity } = useEntity<DataProductEntity>();
  const t = useT();
  const classes = useStyles();
  const entityPath = useRouteRef(entityRouteRef)(entityRouteParams(entity));
  const { outputPorts = [], inputPorts = [] } = entity.spec;
  return (
    <EntityInfoCard title={t('product.ports.title')}>
      {outputPorts.length === 0 ? (
        <EmptyState
          title={t('product.ports.none')}
          description={t('product.ports.noneWords')}
        />
      ) : (
        <div className={classes.ports}>
          {outputPorts.map(port => (
            <PortCard
              key={port.name}
              port={port}
              schemaPath={`${entityPath}/schema?${new URLSearchParams({
                port: port.name,
              })}`}
            />
          ))}
        </div>
      )}
      {inputPorts.length > 0 && (
        <section className={classes.inputs}>
          <Typography variant="subtitle2" component="h3">
            {t('product.ports.inputs')}
          </Typography>
          <ul className={classes.list}>
            {inputPorts.map(port => (
              <li key={port.name}>
                <Typography variant="body2" component="span">
                  {port.product ? (
                    <EntityRefLink
                      entityRef={fullRef(
                        port.product,
                        'dataproduct',
                        entity.metadata.namespace,
                      )}
                    />
                  ) : (
                    port.source ?? port.name
                  )}
                  {port.port && (
                    <>
                      {' '}
                      · <Code>{port.port}</Code>
                    </>
                  )}
                  {port.description && ` · ${port.description}`}
                </Typography>
              </li>
            ))}
          </ul>
        </section>
      )}
    </EntityInfoCard>
  );
}
