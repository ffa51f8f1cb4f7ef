import { Fragment } from 'react';
import { EntityRefLink } from '@backstage/plugin-catalog-react';

/** Whether a person decided: the backend names itself where a rule did. */
function isPerson(ref: string): boolean {
  return !ref.startsWith('plugin:');
}

/** Who approved, or that a rule did. */
export function Approvers(props: {
  refs: readonly string[] | undefined;
  byRule: string;
}) {
  const people = (props.refs ?? []).filter(isPerson);
  if (people.length === 0) return <>{props.byRule}</>;
  return (
    <>
      {people.map((ref, index) => (
        <Fragment key={ref}>
          {index > 0 && ', '}
          <EntityRefLink entityRef={ref} hideIcon />
        </Fragment>
      ))}
    </>
  );
}
