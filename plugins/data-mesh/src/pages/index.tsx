import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';
import { Progress } from '@backstage/core-components';

// Each page is its own chunk: whoever decides requests loads no search.
const DiscoverPage = lazy(() =>
  import('./DiscoverPage').then(m => ({ default: m.DiscoverPage })),
);
const RequestFormPage = lazy(() =>
  import('./RequestFormPage').then(m => ({
    default: m.RequestFormPage,
  })),
);
const RequestsPage = lazy(() =>
  import('./RequestsPage').then(m => ({ default: m.RequestsPage })),
);
const RequestDetailPage = lazy(() =>
  import('./RequestDetailPage').then(m => ({
    default: m.RequestDetailPage,
  })),
);
const ClaimPage = lazy(() =>
  import('./ClaimPage').then(m => ({ default: m.ClaimPage })),
);
const PublicationPage = lazy(() =>
  import('./PublicationPage').then(m => ({
    default: m.PublicationPage,
  })),
);
const AccessPage = lazy(() =>
  import('./AccessPage').then(m => ({ default: m.AccessPage })),
);
const GrantsPage = lazy(() =>
  import('./GrantsPage').then(m => ({ default: m.GrantsPage })),
);

const NotFoundPage = lazy(() =>
  import('./NotFoundPage').then(m => ({ default: m.NotFoundPage })),
);
const AuditPage = lazy(() =>
  import('./AuditPage').then(m => ({ default: m.AuditPage })),
);

/** What stands at `/data-mesh/requests`: the inbox, and one request. */
export function RequestsRoutes() {
  return (
    <Suspense fallback={<Progress />}>
      <Routes>
        <Route index element={<RequestsPage />} />
        <Route path="claims/:id" element={<ClaimPage />} />
        <Route path="publications/:id" element={<PublicationPage />} />
        <Route path=":id" element={<RequestDetailPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </Suspense>
  );
}

/** What stands at `/data-mesh/request`: the form for one product. */
export function RequestFormRoutes() {
  return (
    <Suspense fallback={<Progress />}>
      <Routes>
        <Route path=":namespace/:name" element={<RequestFormPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </Suspense>
  );
}

/** What stands at `/data-mesh/access`: what one holds, and one access. */
export function AccessRoutes() {
  return (
    <Suspense fallback={<Progress />}>
      <Routes>
        <Route path=":id?" element={<AccessPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </Suspense>
  );
}

/** What stands at `/data-mesh/grants`. */
export function GrantsRoutes() {
  return (
    <Suspense fallback={<Progress />}>
      <Routes>
        <Route index element={<GrantsPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </Suspense>
  );
}

/** What stands at `/data-mesh/audit`. */
export function AuditRoutes() {
  return (
    <Suspense fallback={<Progress />}>
      <Routes>
        <Route index element={<AuditPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </Suspense>
  );
}

/**
 * What stands at `/data-mesh` itself; and the audit page where it is in no
 * navigation, to say which permission it takes.
 */
export function DiscoverRoutes() {
  return (
    <Suspense fallback={<Progress />}>
      <Routes>
        <Route index element={<DiscoverPage />} />
        <Route path="audit" element={<AuditPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </Suspense>
  );
}

/** All pages below one mount point, for apps that have no page extensions. */
export function DataMeshRoutes() {
  return (
    <Routes>
      <Route path="requests/*" element={<RequestsRoutes />} />
      <Route path="request/*" element={<RequestFormRoutes />} />
      <Route path="access/*" element={<AccessRoutes />} />
      <Route path="grants/*" element={<GrantsRoutes />} />
      <Route path="audit/*" element={<AuditRoutes />} />
      <Route path="*" element={<DiscoverRoutes />} />
    </Routes>
  );
}
