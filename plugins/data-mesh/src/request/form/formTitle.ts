/** What the form is called: it asks anew, changes a request, or an access. */
export function formTitle(isRevision: boolean, kind?: 'renew' | 'amend') {
  if (isRevision) return 'requestForm.reviseTitle';
  switch (kind) {
    case 'renew':
      return 'requestForm.renewTitle';
    case 'amend':
      return 'requestForm.amendTitle';
    default:
      return 'requestForm.title';
  }
}
