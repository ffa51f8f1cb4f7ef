import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EmptyState, PageFrame } from '../components';
import { rootRouteRef } from '../routes';
import { useT } from '../useT';

/** What stands where no page is. */
export function NotFoundPage() {
  const t = useT();
  const rootLink = useRouteRef(rootRouteRef);
  return (
    <PageFrame title={t('common.noPage')}>
      <EmptyState
        title={t('common.noPage')}
        description={t('common.noPageWords')}
        action={
          <LinkButton to={rootLink()} variant="outlined">
            {t('pages.discover')}
          </LinkButton>
        }
      />
    </PageFrame>
  );
}
