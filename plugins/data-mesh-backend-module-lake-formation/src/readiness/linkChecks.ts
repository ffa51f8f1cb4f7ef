import { GetTableCommand, type GlueClient } from '@aws-sdk/client-glue';
import { PlannedLink } from '../usage/linkNames';
import { Finding, failed, isDenied, isNamed, ok, unknown } from './checks';

/** Whether a table is found through a resource link. */
export async function linkResolves(
  looker: { glue: GlueClient; isPrincipal: boolean },
  link: PlannedLink,
  table: string,
  signal?: AbortSignal,
): Promise<Finding> {
  const { accountId, database } = link;
  const name = link.table ?? table;
  const words = `${database}.${name} in account ${accountId}`;
  try {
    await looker.glue.send(
      new GetTableCommand({
        CatalogId: accountId,
        DatabaseName: database,
        Name: name,
      }),
      { abortSignal: signal },
    );
    return ok(`${words} leads to the table`);
  } catch (error) {
    if (isNamed(error, 'EntityNotFoundException')) {
      return failed(
        `${words} leads nowhere: the link or its target is gone`,
        'Press re-apply: the link is made again',
      );
    }
    if (!isDenied(error)) throw error;
    return looker.isPrincipal
      ? failed(
          `The principal may not see ${words}`,
          'Press re-apply: what the principal needs on the link and the table is granted again',
        )
      : unknown(
          `Only the principal itself may look through ${words}: what was granted to it directly, the account's administrators do not see`,
          'Configure dataMesh.lakeFormation.vending to look as the principal, or try the query',
        );
  }
}
