import { forwardRef } from 'react';
import type { Publication } from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import EditIcon from '@material-ui/icons/EditOutlined';
import { MasterRow } from '../components';
import type { MasterRowPlace } from '../components/list/MasterRow';
import { useT } from '../useT';
import { PublicationChip } from './PublicationChip';
import { publicationInWords } from './publicationInWords';

/** A change of a product in the inbox: which port, and how much loosens. */
export const PublicationRow = forwardRef<
  HTMLAnchorElement,
  MasterRowPlace & { publication: Publication; showState: boolean }
>(({ publication, showState, ...place }, ref) => {
  const { state, ownerRef, waitsFor } = publication;
  const t = useT();
  const what = {
    unpublished: t('publications.row.first'),
    pending: t('publications.row.first'),
    suspended: t('publications.row.suspended'),
    published: t('publications.card.published'),
    'change-pending': t('publications.row.loosens', {
      count: publication.waiting,
    }),
  }[state];
  return (
    <MasterRow
      ref={ref}
      {...place}
      icon={<EditIcon aria-hidden />}
      title={publicationInWords(publication)}
      lines={[
        ownerRef ? <EntityDisplayName entityRef={ownerRef} hideIcon /> : null,
        what,
      ].filter(line => line !== null)}
      marks={showState ? <PublicationChip state={state} /> : undefined}
      since={waitsFor?.since}
    />
  );
});
PublicationRow.displayName = 'PublicationRow';
