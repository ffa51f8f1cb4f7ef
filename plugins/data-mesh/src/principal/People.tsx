import { Fragment } from 'react';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useT } from '../useT';

/** Users and groups, any one of whom is meant. */
export function People(props: { refs: readonly string[] }) {
  const t = useT();
  return (
    <>
      {props.refs.map((ref, index) => (
        <Fragment key={ref}>
          {index > 0 && ` ${t('requestForm.happen.anyOf')} `}
          <EntityRefLink entityRef={ref} hideIcon />
        </Fragment>
      ))}
    </>
  );
}
