import { forwardRef } from 'react';
import {
  isOpenClaim,
  type Claim,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  EntityDisplayName,
  useEntityPresentation,
} from '@backstage/plugin-catalog-react';
import PlaceIcon from '@material-ui/icons/RoomOutlined';
import { CodeWords, MasterRow } from '../components';
import type { MasterRowPlace } from '../components/list/MasterRow';
import { useT } from '../useT';
import { ClaimChip } from './ClaimChip';
import { placeWhere } from './placeWhere';

/** A claim in the inbox: which domain, what it claims, who asks. */
export const ClaimRow = forwardRef<
  HTMLAnchorElement,
  MasterRowPlace & { claim: Claim; showState: boolean }
>(({ claim, showState, ...place }, ref) => {
  const t = useT();
  const domain = useEntityPresentation(claim.domainRef).primaryTitle;
  return (
    <MasterRow
      ref={ref}
      {...place}
      icon={<PlaceIcon aria-hidden />}
      title={domain}
      lines={[
        <>
          <EntityDisplayName entityRef={claim.requesterRef} hideIcon />{' '}
          {t('places.row.claims')} <CodeWords text={claim.words} />
        </>,
        placeWhere(claim.place, claim.accountAlias),
      ]}
      marks={showState ? <ClaimChip claim={claim} /> : undefined}
      since={isOpenClaim(claim) ? claim.createdAt : undefined}
    />
  );
});
ClaimRow.displayName = 'ClaimRow';
