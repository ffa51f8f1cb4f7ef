import { ReactNode } from 'react';
import { Link, LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { requestsRouteRef } from '../routes';
import { useT } from '../useT';
import { EmptyState } from '../components/list/EmptyState';
import { ErrorState } from '../components/list/ErrorState';
import { PageFrame } from '../components/PageFrame';
import { statusOf } from '../components/list/problemsOf';
import { CardSkeleton } from '../components/list/Skeletons';

/** The page of one thing that is decided in the inbox. */
export function CasePage(props: {
  title: string;
  /** In place of the title, where it is more than text. */
  heading?: ReactNode;
  loaded: { value?: unknown; error?: Error; reload(): Promise<void> };
  /** What is loaded, like `this claim`. */
  what: string;
  none: string;
  noneWords: string;
  children: ReactNode;
}) {
  const { title, heading, loaded, what, none, noneWords, children } = props;
  const { value, error, reload } = loaded;
  const t = useT();
  const requestsLink = useRouteRef(requestsRouteRef);
  const isMissing = error && statusOf(error) === 404;
  return (
    <PageFrame
      title={title}
      heading={heading}
      breadcrumb={<Link to={requestsLink()}>{t('requests.title')}</Link>}
    >
      {isMissing && (
        <EmptyState
          title={none}
          description={noneWords}
          action={
            <LinkButton to={`${requestsLink()}?view=all`} variant="outlined">
              {t('requests.seeAll')}
            </LinkButton>
          }
        />
      )}
      {error && !isMissing && (
        <ErrorState error={error} what={what} onRetry={() => void reload()} />
      )}
      {!value && !error && <CardSkeleton lines={10} />}
      {children}
    </PageFrame>
  );
}
