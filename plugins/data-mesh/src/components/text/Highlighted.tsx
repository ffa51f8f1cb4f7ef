import {
  highlightParts,
  visibleText,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { toneColors } from '../state/tones';

const useStyles = makeStyles(theme => ({
  hit: {
    color: 'inherit',
    background: toneColors(theme, 'attention').background,
    borderRadius: 3,
    boxShadow: `0 0 0 2px ${toneColors(theme, 'attention').background}`,
  },
}));

/** A text in which the words of the search are marked. */
export function Highlighted(props: { text: string; search: string }) {
  const classes = useStyles();
  return (
    <bdi>
      {highlightParts(visibleText(props.text), props.search).map(
        (part, index) =>
          part.hit ? (
            <mark key={index} className={classes.hit}>
              {part.text}
            </mark>
          ) : (
            part.text
          ),
      )}
    </bdi>
  );
}
