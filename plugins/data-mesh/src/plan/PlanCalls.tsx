import { useState } from 'react';
import type { PlanCall } from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import Collapse from '@material-ui/core/Collapse';
import ExpandIcon from '@material-ui/icons/ExpandMore';
import RightIcon from '@material-ui/icons/ChevronRight';
import { makeStyles } from '@material-ui/core/styles';
import { alpha } from '@material-ui/core/styles/colorManipulator';
import { useT } from '../useT';
import { CopyButton } from '../components/text/CopyButton';

const useStyles = makeStyles(theme => ({
  button: { textTransform: 'none', marginTop: theme.spacing(0.5) },
  call: { marginTop: theme.spacing(1) },
  name: {
    display: 'flex',
    alignItems: 'center',
    fontSize: theme.typography.body2.fontSize,
    fontWeight: 600,
  },
  input: {
    margin: theme.spacing(0.5, 0, 0),
    padding: theme.spacing(1),
    borderRadius: 3,
    overflow: 'auto',
    maxHeight: 320,
    fontSize: 12,
    lineHeight: 1.5,
    background: alpha(theme.palette.text.primary, 0.05),
  },
}));

/** The API calls behind a plan, folded away until somebody wants them. */
export function PlanCalls(props: { calls: PlanCall[] }) {
  const { calls } = props;
  const t = useT();
  const classes = useStyles();
  const [open, setOpen] = useState(false);
  if (!calls.length) return null;
  return (
    <>
      <Button
        size="small"
        color="primary"
        className={classes.button}
        startIcon={open ? <ExpandIcon /> : <RightIcon />}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {t('plan.calls', { count: calls.length })}
      </Button>
      <Collapse in={open} unmountOnExit>
        {calls.map((call, index) => {
          const input = JSON.stringify(call.input, null, 2);
          return (
            <div key={index} className={classes.call}>
              <div className={classes.name}>
                {call.service}:{call.operation}
                <CopyButton text={input} label={t('common.copyCall')} />
              </div>
              {/* It scrolls, so the keyboard must reach it. */}
              {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
              <pre className={classes.input} tabIndex={0}>
                {input}
              </pre>
            </div>
          );
        })}
      </Collapse>
    </>
  );
}
