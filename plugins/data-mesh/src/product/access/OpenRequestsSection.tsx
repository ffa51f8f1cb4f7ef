import {
  openRequestStates,
  scopeInWords,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useDataMesh, useLoad } from '../../api';
import {
  Code,
  EmptyState,
  ErrorState,
  ListSkeleton,
  RelativeTime,
} from '../../components';
import { PrincipalLabel } from '../../principal/PrincipalLabel';
import { StateChip } from '../../state/StateChip';
import { requestRouteRef } from '../../routes';
import { useT } from '../../useT';
import { useDataTableStyles } from '../../components/list/dataTableStyles';
import { Section } from '../../components/Section';

/** Requests for a product that wait for somebody. */
export function OpenRequestsSection(props: { productRef: string }) {
  const { productRef } = props;
  const t = useT();
  const classes = useDataTableStyles();
  const dataMesh = useDataMesh();
  const requestPath = useRouteRef(requestRouteRef);
  const requests = useLoad(`open requests ${productRef}`, () =>
    dataMesh.listRequests({
      view: 'all',
      productRef,
      state: [...openRequestStates],
      order: 'oldest',
      limit: 50,
    }),
  );
  const { value } = requests;
  return (
    <Section title={t('product.access.open')}>
      {requests.loading && <ListSkeleton rows={1} lines={2} />}
      {requests.error && !value && (
        <ErrorState
          error={requests.error}
          what={t('product.access.whatRequests')}
          permission="data-mesh.request.read"
          onRetry={requests.reload}
        />
      )}
      {value && value.items.length === 0 && (
        <EmptyState title={t('product.access.noOpen')} />
      )}
      {value && value.items.length > 0 && (
        <table className={classes.table} aria-label={t('product.access.open')}>
          <tbody>
            {value.items.map(request => (
              <tr key={request.id}>
                <th scope="row">
                  <PrincipalLabel principal={request.principal} />
                </th>
                <td className={classes.wide}>
                  <EntityRefLink entityRef={request.requesterRef} hideIcon />{' '}
                  {t('product.access.asks')} {scopeInWords(request.scope)} ·{' '}
                  <Code>{request.port}</Code>
                </td>
                <td>
                  <StateChip state={request.state} />
                </td>
                <td className={classes.quiet}>
                  <RelativeTime
                    value={request.createdAt}
                    prefix={t('product.access.asked')}
                  />
                </td>
                <td className={classes.line}>
                  <Link to={requestPath({ id: request.id })}>
                    {t('product.access.seeRequest')}
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
