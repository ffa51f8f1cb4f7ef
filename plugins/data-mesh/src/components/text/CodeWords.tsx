import { Fragment } from 'react';
import {
  visibleCode,
  visibleText,
  type Sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { alpha } from '@material-ui/core/styles/colorManipulator';
import { useSentence } from '../../useSentence';

const useStyles = makeStyles(theme => ({
  code: {
    fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
    fontSize: '0.92em',
    padding: theme.spacing(0, 0.5),
    borderRadius: 3,
    color: 'inherit',
    background: alpha(theme.palette.text.primary, 0.07),
    overflowWrap: 'anywhere',
    whiteSpace: 'pre-wrap',
    // Names of others must not turn the words beside them.
    unicodeBidi: 'isolate',
  },
}));

/** A name as long as this may not fit a line. */
const LONG_NAME = 20;

/** Long names break after their dots and underscores, before anywhere else. */
function withBreaks(text: string) {
  return text.split(/(\s+)/).map((name, index) => {
    if (name.length < LONG_NAME) return name;
    const parts = name.match(/[^._]+[._]*|[._]+/g) ?? [];
    return parts.map((part, at) => (
      <Fragment key={`${index}.${at}`}>
        {at > 0 && <wbr />}
        {part}
      </Fragment>
    ));
  });
}

/** One name of the system, like a column or a database. */
export function Code(props: { children: string }) {
  return (
    <code className={useStyles().code}>
      {withBreaks(visibleCode(props.children))}
    </code>
  );
}

/** A sentence whose names in backticks are shown as code. */
export function CodeWords(props: { text: Sentence | string }) {
  const say = useSentence();
  const parts = say(props.text).split('`');
  // An unpaired backtick is text, not the start of code to the end.
  const paired = parts.length % 2 === 1;
  return (
    <>
      {parts.map((part, index) => {
        const isCode = index % 2 === 1 && (paired || index < parts.length - 1);
        if (isCode) return <Code key={index}>{part}</Code>;
        const plain =
          !paired && index === parts.length - 1 ? `\`${part}` : part;
        return (
          <Fragment key={index}>{withBreaks(visibleText(plain))}</Fragment>
        );
      })}
    </>
  );
}
