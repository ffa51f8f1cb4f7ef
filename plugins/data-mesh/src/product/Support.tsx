import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import { SafeLink } from '../components';
import { useT } from '../useT';

/** Where the owner of a product can be asked. */
export function Support(props: {
  support: DataProductEntity['spec']['support'];
  /** Only the first way to ask. */
  brief?: boolean;
}) {
  const { channel, url, email } = props.support ?? {};
  const t = useT();
  if (!channel && !url && !email) return <>{t('product.about.noSupport')}</>;
  return (
    <>
      {url ? <SafeLink to={url}>{channel ?? url}</SafeLink> : channel}
      {(channel || url) && email && !props.brief && ' · '}
      {email && !(props.brief && (channel || url)) && (
        <SafeLink to={`mailto:${email}`}>{email}</SafeLink>
      )}
    </>
  );
}
