import { ReactNode } from 'react';
import {
  accountInWords,
  parseAwsPrincipal,
  type Principal,
  type Sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Tooltip from '@material-ui/core/Tooltip';
import { useSentence } from '../../useSentence';
import { CodeWords } from './CodeWords';

const REF =
  /\b(?:user|group|dataproduct|component|system|resource|domain|api):[\w-]+(?:\.[\w-]+)*\/[\w-]+(?:\.[\w-]+)*/i;
const ARN = /arn:aws[\w-]*:[^\s,;`'"]*[^\s,;.`'")]/;
const NAMED = new RegExp(`${REF.source}|${ARN.source}`, 'gi');

/** The entity references that a sentence names. */
export function refsIn(text: string): string[] {
  return (text.match(NAMED) ?? [])
    .filter(found => !found.startsWith('arn:'))
    .map(found => found.toLowerCase());
}

function nameOf(id: string, principals: readonly Principal[]): ReactNode {
  const principal =
    principals.find(one => one.id === id) ?? parseAwsPrincipal(id);
  if (principal) {
    return (
      <Tooltip title={id}>
        <b>{principal.name}</b>
      </Tooltip>
    );
  }
  const rootOf = /^arn:aws[\w-]*:iam::(\d{12}):root$/.exec(id)?.[1];
  if (rootOf) {
    const { accountAlias } =
      principals.find(({ accountId }) => accountId === rootOf) ?? {};
    return (
      <Tooltip title={id}>
        <b>{accountInWords({ accountId: rootOf, accountAlias })}</b>
      </Tooltip>
    );
  }
  // Of a session, the role and who took it.
  const session = /:assumed-role\/(.+)$/.exec(id)?.[1];
  return session ? (
    <Tooltip title={id}>
      <b>{session}</b>
    </Tooltip>
  ) : (
    id
  );
}

/**
 * A sentence as people read it: the references in it become links to what they
 * name, and ARNs of principals their names. Names in backticks are code.
 */
export function RefWords(props: {
  text: Sentence | string;
  /** Those that are known by more than their ARN. */
  principals?: readonly Principal[];
}) {
  const { principals = [] } = props;
  const text = useSentence()(props.text);
  const parts: ReactNode[] = [];
  let end = 0;
  for (const found of text.matchAll(NAMED)) {
    const [named] = found;
    const at = found.index ?? 0;
    // What stands in backticks is a name already.
    if (text[at - 1] === '`') continue;
    parts.push(<CodeWords key={`to ${at}`} text={text.slice(end, at)} />);
    parts.push(
      named.startsWith('arn:') ? (
        <span key={at}>{nameOf(named, principals)}</span>
      ) : (
        <EntityRefLink key={at} entityRef={named} hideIcon />
      ),
    );
    end = at + named.length;
  }
  return (
    <>
      {parts}
      <CodeWords text={text.slice(end)} />
    </>
  );
}
