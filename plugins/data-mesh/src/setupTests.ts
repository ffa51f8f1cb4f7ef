import { notifyManager } from '@tanstack/react-query';
import '@testing-library/jest-dom';
import { StylesContext } from '@material-ui/styles';
import { configure } from '@testing-library/react';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

// Whole pages are rendered, also on machines that do much else meanwhile.
configure({ asyncUtilTimeout: 60_000 });

/** What a test can tell of a style: what is shown, and what takes clicks. */
const TELLING = new Set([
  'display',
  'visibility',
  'opacity',
  'pointer-events',
  'content',
]);

// jsdom holds every rule against every element that a role is asked of. All
// else that Material UI writes, none of which jsdom lays out, took half of the
// time of these tests.
renderToStaticMarkup(
  createElement(StylesContext.Consumer, {
    children: ({ jss }) => {
      jss?.use({
        onProcessStyle: style =>
          Object.fromEntries(
            Object.entries(style).filter(([property]) => TELLING.has(property)),
          ),
      });
      return null;
    },
  }),
);

// What was loaded is told within the `act` that waits for it.
notifyManager.setScheduler(queueMicrotask);
