import { useState } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import Autocomplete from '@material-ui/lab/Autocomplete';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { messageOf } from '../../../components';
import { useT } from '../../../useT';
import { FieldProblems } from '../../../scope/FieldProblems';
import { PlacedProblem } from '../../../scope/problemFields';
import { EntityOption, useEntitySearch } from './useEntitySearch';

const useStyles = makeStyles(theme => ({
  root: { maxWidth: 480, marginTop: theme.spacing(2) },
  kind: { marginLeft: theme.spacing(1) },
}));

function optionOfRef(ref: string): EntityOption {
  const { kind, name } = parseEntityRef(ref);
  return { ref, kind, title: name };
}

/** The product, component or system that will use the data; may stay empty. */
export function ConsumerField(props: {
  consumerRef?: string;
  problems: PlacedProblem[];
  onChange: (consumerRef?: string) => void;
}) {
  const { consumerRef, problems, onChange } = props;
  const t = useT();
  const classes = useStyles();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const { options, error, loading } = useEntitySearch(text, open);
  const [chosen, setChosen] = useState<EntityOption>();
  let value: EntityOption | null = null;
  if (consumerRef) {
    value = chosen?.ref === consumerRef ? chosen : optionOfRef(consumerRef);
  }
  return (
    <div className={classes.root}>
      <Autocomplete
        id="data-mesh-consumer"
        size="small"
        open={open}
        onOpen={() => setOpen(true)}
        onClose={() => setOpen(false)}
        options={options}
        loading={loading}
        value={value}
        filterOptions={found => found}
        getOptionLabel={option => option.title}
        getOptionSelected={(option, other) => option.ref === other.ref}
        noOptionsText={t('requestForm.whom.consumerNone')}
        loadingText={t('common.loading')}
        onInputChange={(_, typed, reason) =>
          setText(reason === 'input' ? typed : '')
        }
        onChange={(_, option) => {
          setChosen(option ?? undefined);
          onChange(option?.ref);
        }}
        renderOption={option => (
          <>
            {option.title}
            <Typography
              component="span"
              variant="body2"
              color="textSecondary"
              className={classes.kind}
            >
              {option.kind}
            </Typography>
          </>
        )}
        renderInput={params => (
          <TextField
            {...params}
            variant="outlined"
            label={t('requestForm.whom.consumer')}
            helperText={
              error
                ? t('requestForm.whom.consumerFailed', {
                    message: messageOf(error),
                  })
                : t('requestForm.whom.consumerHelp')
            }
            error={Boolean(error) || problems.length > 0}
          />
        )}
      />
      <FieldProblems problems={problems} />
    </div>
  );
}
