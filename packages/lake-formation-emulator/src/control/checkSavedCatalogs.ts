import { parseCondition } from '../model/conditions/parseCondition';
import { parseRowFilter } from '../model/catalog/rowFilter';
import { FieldReader, wrong } from '../seed/FieldReader';

const SUBJECT = 'The snapshot';

/** Runs a parser and says where its text stands. */
function checkText(
  fields: FieldReader,
  name: string,
  parse: (text: string) => unknown,
) {
  if (!fields.has(name)) return;
  const text = fields.text(name);
  try {
    parse(text);
  } catch (error) {
    throw wrong(
      `${fields.path}.${name}`,
      `an expression (${(error as Error).message})`,
      text,
      SUBJECT,
    );
  }
}

function checkExpression(fields: FieldReader, name: string) {
  fields.objects(name, condition => {
    condition.text('key');
    condition.texts('values');
  });
}

/** Whether columns are a list, or all but a list. */
function checkColumns(fields: FieldReader) {
  const columns = fields.object('columns');
  if (columns.has('include') === columns.has('exclude')) {
    throw wrong(
      columns.path,
      'either include or exclude',
      columns.has('include') ? 'both' : undefined,
      SUBJECT,
    );
  }
  columns.texts('include');
  columns.texts('exclude');
}

/** What each kind of resource is named by. */
const CHECKS: Readonly<Record<string, (fields: FieldReader) => void>> = {
  catalog: () => undefined,
  database: fields => {
    fields.text('database');
  },
  table: fields => {
    ['database', 'table'].forEach(name => fields.text(name));
  },
  dataCellsFilter: fields => {
    ['database', 'table', 'filter'].forEach(name => fields.text(name));
  },
  dataLocation: fields => {
    fields.text('arn');
  },
  lfTag: fields => {
    fields.text('key');
    fields.texts('values');
  },
  lfTagExpression: fields => {
    fields.text('name');
  },
  lfTagPolicy: fields => {
    fields.text('reaches', /^(DATABASE|TABLE)$/, 'DATABASE or TABLE');
    if (fields.has('expressionName')) fields.text('expressionName');
    else checkExpression(fields, 'expression');
  },
};

function checkResource(fields: FieldReader) {
  const kind = fields.text(
    'kind',
    new RegExp(`^(${Object.keys(CHECKS).join('|')})$`),
    `one of ${Object.keys(CHECKS).join(', ')}`,
  );
  CHECKS[kind](fields);
}

function checkGrant(fields: FieldReader) {
  fields.text('principal');
  fields.texts('permissions');
  fields.texts('grantable');
  fields.requiredNumber('sequence', 0);
  checkText(fields, 'condition', parseCondition);
  checkResource(fields.object('resource'));
}

/** A place that a resource link leads to. */
function checkTarget(link: FieldReader, names: readonly string[]) {
  if (!link.has('target')) return;
  const target = link.object('target');
  names.forEach(name => target.text(name));
}

function checkContents(catalog: FieldReader) {
  catalog.objects('databases', database => {
    database.text('name');
    checkTarget(database, ['catalogId', 'database']);
    database.objects('tables', table => {
      table.text('name');
      checkTarget(table, ['catalogId', 'database', 'table']);
    });
  });
  catalog.objects('grants', checkGrant);
  catalog.objects('dataCellsFilters', filter => {
    ['database', 'table', 'name', 'versionId', 'createdBy'].forEach(name =>
      filter.text(name),
    );
    checkColumns(filter);
    checkText(filter, 'rowFilter', parseRowFilter);
  });
  catalog.objects('optIns', optIn => {
    optIn.text('principal');
    optIn.requiredNumber('sequence', 0);
    checkText(optIn, 'condition', parseCondition);
    checkResource(optIn.object('resource'));
  });
}

function checkCatalog(catalog: FieldReader) {
  checkContents(catalog);
  catalog.objects('nested', nested => {
    nested.object('inside').text('path');
    checkContents(nested);
  });
  catalog.objects('passedOn', passedOn => {
    passedOn.text('catalogId');
    passedOn.objects('grants', checkGrant);
  });
  catalog.objects('lfTags', tag => {
    tag.text('key');
    tag.texts('values');
    tag.text('createdBy');
  });
  catalog.objects('tagExpressions', saved => {
    saved.text('name');
    saved.text('createdBy');
    checkExpression(saved, 'expression');
  });
}

/**
 * Checks what a snapshot says of grants, data cells filters, LF-Tags, opt-ins,
 * resource links and nested catalogs.
 *
 * @throws TypeError that names the place, what was found and what was expected
 */
export function checkSavedCatalogs(snapshot: object): void {
  new FieldReader(snapshot, '', SUBJECT).objects('accounts', account => {
    account.objects('catalogs', checkCatalog);
  });
}
