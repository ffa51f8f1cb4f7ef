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
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useProductOverview } from '../../api';
import { Code, EmptyState, ErrorState, fullRef } from '../../components';
import { useT } from '../../useT';
import { hoursInWords } from './hoursInWords';
import { PortLine } from './PortLine';

const useStyles = makeStyles(theme => ({
  inputs: { marginTop: theme.spacing(3) },
  list: { margin: theme.spacing(0.5, 0, 0), paddingLeft: theme.spacing(2.5) },
}));

/**
 * The ports of a data product, each with how the caller stands to it and what
 * to do next, and what the product reads.
 */
export function DataProductPortsCard() {
  const { entity } = useEntity<DataProductEntity>();
  const t = useT();
  const classes = useStyles();
  const entityPath = useRouteRef(entityRouteRef)(entityRouteParams(entity));
  const { outputPorts = [], inputPorts = [] } = entity.spec;
  const { value, error, loading, reload } = useProductOverview(
    stringifyEntityRef(entity),
  );
  const median = value?.medianDecisionHours;
  return (
    <EntityInfoCard title={t('product.ports.title')}>
      {error && !value && (
        <ErrorState
          error={error}
          what={t('product.about.whatUsage')}
          onRetry={() => void reload()}
        />
      )}
      {outputPorts.length === 0 ? (
        <EmptyState
          title={t('product.ports.none')}
          description={t('product.ports.noneWords')}
        />
      ) : (
        <div>
          {outputPorts.map(port => (
            <PortLine
              key={port.name}
              product={entity}
              port={port}
              overview={value?.ports.find(one => one.port === port.name)}
              loading={loading}
              usually={
                median === undefined
                  ? undefined
                  : t('product.about.usually', { when: hoursInWords(median) })
              }
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
