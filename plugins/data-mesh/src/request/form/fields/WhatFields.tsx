import { useState } from 'react';
import type {
  Capabilities,
  DataProductEntity,
  OutputPort,
  PolicyStage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { alpha } from '@material-ui/core/styles/colorManipulator';
import { Code, FreeText } from '../../../components';
import { useT } from '../../../useT';
import {
  isPicked,
  noPick,
  PortPicks,
  PortWay,
  TablePick,
} from '../../../scope/picks';
import { TablePickFields } from './TablePickFields';

const useStyles = makeStyles(theme => ({
  ports: { marginBottom: theme.spacing(1) },
  portHint: { color: theme.palette.text.secondary },
  tables: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    margin: theme.spacing(0.5, 0, 1.5),
  },
  table: { textTransform: 'none', fontWeight: 400 },
  open: {
    borderColor: theme.palette.primary.main,
    background: alpha(theme.palette.primary.main, 0.1),
  },
  amount: {
    marginLeft: theme.spacing(1),
    color: theme.palette.text.secondary,
  },
}));

/** Chooses the port, its tables and their columns. */
export function WhatFields(props: {
  product: DataProductEntity;
  port?: OutputPort;
  /** True where the port is given, as when a request is changed. */
  portFixed: boolean;
  picks: PortPicks;
  way: PortWay;
  capabilities?: Capabilities;
  columnStages: readonly PolicyStage[];
  onPort: (port: string) => void;
  onPick: (table: string, pick: TablePick) => void;
}) {
  const { product, port, portFixed, picks, way } = props;
  const { capabilities, onPort, onPick } = props;
  const t = useT();
  const classes = useStyles();
  const [opened, setOpened] = useState<string>();
  const ports = portFixed && port ? [port] : product.spec.outputPorts;
  const neverShared = product.spec.access?.neverShared ?? [];
  const table =
    port?.tables.find(({ name }) => name === opened) ??
    port?.tables.find(({ name }) => isPicked(picks[name])) ??
    port?.tables[0];

  const byTables = way.form === 'tables';

  const amountOf = (name: string) => {
    const pick = picks[name];
    if (!pick || !isPicked(pick)) return t('requestForm.what.tableNone');
    return pick.mode === 'whole'
      ? t('requestForm.what.tableWhole')
      : t('requestForm.what.tablePicked', { count: pick.columns.length });
  };

  return (
    <>
      {ports.length > 1 && (
        <>
          <FormLabel id="data-mesh-port">
            {t('requestForm.what.port')}
          </FormLabel>
          <RadioGroup
            className={classes.ports}
            row
            aria-labelledby="data-mesh-port"
            value={port?.name ?? ''}
            onChange={(_, name) => onPort(name)}
          >
            {ports.map(one => (
              <FormControlLabel
                key={one.name}
                value={one.name}
                control={<Radio color="primary" size="small" />}
                label={
                  <>
                    {one.title ?? one.name}
                    {one.version && (
                      <span className={classes.portHint}> v{one.version}</span>
                    )}
                  </>
                }
              />
            ))}
          </RadioGroup>
        </>
      )}
      {port?.description && (
        <Typography variant="body2" color="textSecondary" paragraph>
          <FreeText>{port.description}</FreeText>
        </Typography>
      )}
      {port && byTables && port.tables.length > 1 && (
        <>
          <FormLabel id="data-mesh-tables">
            {t('requestForm.what.tables')}
          </FormLabel>
          <div
            className={classes.tables}
            role="group"
            aria-labelledby="data-mesh-tables"
          >
            {port.tables.map(({ name }) => (
              <Button
                key={name}
                size="small"
                variant="outlined"
                className={`${classes.table} ${
                  name === table?.name ? classes.open : ''
                }`}
                aria-pressed={name === table?.name}
                onClick={() => setOpened(name)}
              >
                <Code>{name}</Code>
                <span className={classes.amount}>{amountOf(name)}</span>
              </Button>
            ))}
          </div>
        </>
      )}
      {port && byTables && table && (
        <>
          <Typography variant="body2" color="textSecondary">
            <Code>{`${port.location.database ?? port.name}.${
              table.name
            }`}</Code>{' '}
            <FreeText>{table.description}</FreeText>
          </Typography>
          <TablePickFields
            key={`${port.name} ${table.name}`}
            table={table}
            pick={picks[table.name] ?? noPick}
            neverShared={neverShared}
            capabilities={capabilities}
            columnStages={props.columnStages}
            onChange={pick => onPick(table.name, pick)}
          />
        </>
      )}
    </>
  );
}
