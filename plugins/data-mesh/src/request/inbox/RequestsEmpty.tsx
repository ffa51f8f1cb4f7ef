import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { EmptyState } from '../../components';
import { requestsRouteRef, rootRouteRef } from '../../routes';
import { useT } from '../../useT';
import { RequestsView } from './requestsUrl';

/** Says why a list of requests is empty, and what to do next. */
export function RequestsEmpty(props: {
  view: RequestsView;
  filtered: boolean;
  onClear: () => void;
}) {
  const { view, filtered, onClear } = props;
  const t = useT();
  const requestsLink = useRouteRef(requestsRouteRef);
  const discoverLink = useRouteRef(rootRouteRef);
  if (filtered) {
    return (
      <EmptyState
        title={t('requests.empty.filteredTitle')}
        description={t('requests.empty.filteredWords')}
        action={
          <Button variant="outlined" onClick={onClear}>
            {t('requests.empty.clear')}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      title={t(`requests.empty.${view}Title`)}
      description={t(`requests.empty.${view}Words`)}
      action={
        view === 'toDecide' ? (
          <LinkButton to={`${requestsLink()}?view=all`} variant="outlined">
            {t('requests.empty.seeAll')}
          </LinkButton>
        ) : (
          <LinkButton
            to={discoverLink()}
            variant={view === 'mine' ? 'contained' : 'outlined'}
            color="primary"
          >
            {t('requests.empty.discover')}
          </LinkButton>
        )
      }
    />
  );
}
