import { visibleText } from '@lakemesh/backstage-plugin-data-mesh-common';

/**
 * A text that somebody has written, like a title or a comment. It cannot turn
 * or hide the words beside it.
 */
export function FreeText(props: { children: string | undefined }) {
  return <bdi>{visibleText(props.children ?? '')}</bdi>;
}
