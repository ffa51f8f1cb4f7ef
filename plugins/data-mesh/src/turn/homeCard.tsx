import { YourTurn } from './YourTurn';

/** The content of a card on Backstage's home page. */
export function Content() {
  return <YourTurn />;
}
