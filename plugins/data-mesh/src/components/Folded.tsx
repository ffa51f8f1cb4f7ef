import { ReactNode, useState } from 'react';
import Button from '@material-ui/core/Button';
import LessIcon from '@material-ui/icons/ExpandLess';
import MoreIcon from '@material-ui/icons/ExpandMore';

/** Something behind its words, until somebody unfolds it. */
export function Folded(props: { words: string; children: ReactNode }) {
  const { words, children } = props;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        startIcon={isOpen ? <LessIcon /> : <MoreIcon />}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {words}
      </Button>
      {isOpen && children}
    </>
  );
}
