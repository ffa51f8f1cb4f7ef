import { ServiceModel } from '../wire/ServiceModel';
import { problemsOfJson, problemsOfXml } from './checkAnswer';

/** An answer as the SDK's innermost middleware has it: not read yet. */
interface RawResponse {
  statusCode: number;
  body: AsyncIterable<Uint8Array>;
}

type Handler = (args: unknown) => Promise<{ response: unknown }>;

/** What every client of the SDK has for middleware. */
interface Client {
  middlewareStack: {
    add(
      middleware: (next: Handler, context: { commandName?: string }) => Handler,
      options: { step: 'deserialize'; priority: 'low'; name: string },
    ): void;
  };
}

async function readBody(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * Lets a client check every answer against the shapes of the SDK before it
 * reads it: the SDK itself drops what it does not know.
 */
export function checked<C>(
  client: C,
  service: string,
  model: ServiceModel,
  format: 'json' | 'xml',
): C {
  (client as unknown as Client).middlewareStack.add(
    (next, { commandName = '' }) =>
      async args => {
        const result = await next(args);
        const response = result.response as RawResponse;
        const body = await readBody(response.body);
        Object.assign(response, { body: new Uint8Array(body) });
        const operation = commandName.replace(/Command$/, '');
        if (response.statusCode < 300) {
          const text = body.toString('utf8');
          const problems =
            format === 'xml'
              ? problemsOfXml(model, operation, text)
              : problemsOfJson(
                  model,
                  model.operations[operation].output,
                  text ? JSON.parse(text) : {},
                );
          if (problems.length) {
            throw new Error(
              `The answer of ${service}:${operation} does not fit its shape: ${problems.join(
                ', ',
              )}`,
            );
          }
        }
        return result;
      },
    { step: 'deserialize', priority: 'low', name: 'conformance' },
  );
  return client;
}
