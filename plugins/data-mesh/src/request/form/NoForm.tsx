import type {
  DataProductEntity,
  Successor,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { parseEntityRef } from '@backstage/catalog-model';
import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EmptyState } from '../../components';
import { SuccessorWords } from '../../entitlement/notices/SuccessorWords';
import { requestFormRouteRef, rootRouteRef } from '../../routes';
import { useT } from '../../useT';

/** Why there is nothing to ask for, and where to go instead. */
export function NoForm(props: {
  name: string;
  entity?: DataProductEntity;
  /** The port that took over the tables of a product that is gone. */
  successor?: Successor;
}) {
  const { name, entity, successor } = props;
  const t = useT();
  const discover = useRouteRef(rootRouteRef);
  const formLink = useRouteRef(requestFormRouteRef);
  if (!entity && successor) {
    return (
      <EmptyState
        title={t('requestForm.notFoundTitle', { name })}
        description={<SuccessorWords name={name} to={successor} />}
        action={
          <LinkButton
            to={`${formLink(
              parseEntityRef(successor.productRef),
            )}?${new URLSearchParams({ port: successor.port })}`}
            variant="outlined"
            color="primary"
          >
            {t('access.successor.ask')}
          </LinkButton>
        }
      />
    );
  }
  return (
    <EmptyState
      title={
        entity
          ? t('requestForm.noPortsTitle', {
              name: entity.metadata.title ?? name,
            })
          : t('requestForm.notFoundTitle', { name })
      }
      description={
        entity ? t('requestForm.noPortsWords') : t('requestForm.notFoundWords')
      }
      action={
        <LinkButton to={discover()} variant="outlined" color="primary">
          {t('requestForm.toDiscover')}
        </LinkButton>
      }
    />
  );
}
