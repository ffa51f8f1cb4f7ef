import { restJson } from '../../protocols/restJson';
import { ramModel } from '../../wire/models/ram';
import { Service } from '../Operation';
import { acceptResourceShareInvitation } from './operations/acceptResourceShareInvitation';
import { associateResourceShare } from './operations/associateResourceShare';
import { deleteResourceShare } from './operations/deleteResourceShare';
import { disassociateResourceShare } from './operations/disassociateResourceShare';
import { getResourceShareAssociations } from './operations/getResourceShareAssociations';
import { getResourceShareInvitations } from './operations/getResourceShareInvitations';
import { getResourceShares } from './operations/getResourceShares';
import { listPrincipals } from './operations/listPrincipals';
import { listResources } from './operations/listResources';
import { rejectResourceShareInvitation } from './operations/rejectResourceShareInvitation';

/** The Resource Access Manager, by which Lake Formation shares. */
export const ram: Service = {
  name: 'ram',
  model: ramModel,
  protocol: restJson,
  operations: {
    AcceptResourceShareInvitation: acceptResourceShareInvitation,
    AssociateResourceShare: associateResourceShare,
    DeleteResourceShare: deleteResourceShare,
    DisassociateResourceShare: disassociateResourceShare,
    GetResourceShareAssociations: getResourceShareAssociations,
    GetResourceShareInvitations: getResourceShareInvitations,
    GetResourceShares: getResourceShares,
    ListPrincipals: listPrincipals,
    ListResources: listResources,
    RejectResourceShareInvitation: rejectResourceShareInvitation,
  },
  errorNames: {},
  statuses: { UnrecognizedClientException: 403 },
};
