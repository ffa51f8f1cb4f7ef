import { storedName } from '../model/api/storedName';

/** Everything that changes nothing but, maybe, who has keys. */
const READ = /^(Get|List|Describe|Search|BatchGet|Simulate|Assume)/;

/** Whether an operation changes what other operations see. */
export const isWrite = (operation: string) => !READ.test(operation);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const text = (value: unknown) =>
  typeof value === 'string' ? value : undefined;

const tableName = (found: Record<string, unknown>): string | undefined => {
  const input = isObject(found.TableInput) ? found.TableInput : {};
  if (found.TableWildcard) return '*';
  return text(found.TableName) ?? text(found.Name) ?? text(input.Name);
};

/**
 * The principals and tables that an input is about, in an account's catalog:
 * AWS refuses writes that overlap in any of them, even for different others.
 */
export function writeKeys(input: unknown, catalogId: string): Set<string> {
  const keys = new Set<string>();
  const walk = (value: unknown, owner: string) => {
    if (!isObject(value)) return;
    const catalog =
      text(value.CatalogId) ?? text(value.TableCatalogId) ?? owner;
    const principal = text(value.DataLakePrincipalIdentifier);
    if (principal) keys.add(`${catalog} principal ${principal}`);
    const database = text(value.DatabaseName);
    const table = database && tableName(value);
    if (table) {
      keys.add(`${catalog} table ${storedName(`${database}.${table}`)}`);
    }
    Object.values(value).forEach(one => walk(one, catalog));
  };
  walk(input, catalogId);
  return keys;
}
