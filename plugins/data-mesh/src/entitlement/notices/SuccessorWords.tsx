import {
  productInWords,
  type Successor,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { FreeText } from '../../components';
import { useT } from '../../useT';

/** `X is not in the catalog any more. Its tables are published as Y, port lake.` */
export function SuccessorWords(props: {
  /** The product that has vanished, as people knew it. */
  name: string;
  to: Successor;
}) {
  const { name, to } = props;
  const t = useT();
  return (
    <>
      <FreeText>{t('access.successor.gone', { name })}</FreeText>{' '}
      {t('access.successor.publishedAs')}{' '}
      <EntityRefLink entityRef={to.productRef} hideIcon>
        <FreeText>{productInWords(to)}</FreeText>
      </EntityRefLink>
      {t('access.successor.port', { port: to.port })}
    </>
  );
}
