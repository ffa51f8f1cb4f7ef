import { ReactNode, useState } from 'react';
import Autocomplete from '@material-ui/lab/Autocomplete';
import Popover from '@material-ui/core/Popover';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { useLoad } from '../api';
import { FilterChip } from '../components/list/FilterChip';
import { useT } from '../useT';

/** What can be chosen: what is filtered by, and its name. */
export interface FilterOption {
  id: string;
  title: string;
}

const KEEP_MS = 30_000;

const useStyles = makeStyles(theme => ({
  box: { width: 320, padding: theme.spacing(1.5) },
}));

/** A filter by one of very many: typed in part, and chosen. */
export function SuggestFilter(props: {
  name: string;
  hint: string;
  chosen: string | undefined;
  /** The name of what is chosen. */
  value: ReactNode;
  load: (text: string) => Promise<FilterOption[]>;
  onChoose: (id: string | undefined) => void;
}) {
  const { name, hint, chosen, value, load, onChoose } = props;
  const t = useT();
  const classes = useStyles();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [typed, setTyped] = useState('');
  const options = useLoad(
    anchor && `filter ${name} ${typed.trim()}`,
    () => load(typed.trim()),
    { live: false, keepMs: KEEP_MS },
  );
  const close = () => {
    setAnchor(undefined);
    setTyped('');
  };
  return (
    <>
      <FilterChip
        name={name}
        value={value}
        isSet={chosen !== undefined}
        clearLabel={t('audit.filter.remove', { name })}
        onOpen={setAnchor}
        onClear={() => onChoose(undefined)}
      />
      <Popover
        open={anchor !== undefined}
        anchorEl={anchor}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        onClose={close}
      >
        <div className={classes.box}>
          <Autocomplete<FilterOption, false, false, true>
            freeSolo
            autoHighlight
            openOnFocus
            size="small"
            options={options.value ?? []}
            filterOptions={all => all}
            getOptionLabel={option =>
              typeof option === 'string' ? option : option.title
            }
            onInputChange={(_, text) => setTyped(text)}
            onChange={(_, option) => {
              if (!option) return;
              onChoose(typeof option === 'string' ? option.trim() : option.id);
              close();
            }}
            renderInput={params => (
              <TextField
                {...params}
                variant="outlined"
                label={name}
                placeholder={hint}
                // The popover was opened to type here.
                // eslint-disable-next-line jsx-a11y/no-autofocus
                autoFocus
              />
            )}
          />
        </div>
      </Popover>
    </>
  );
}
