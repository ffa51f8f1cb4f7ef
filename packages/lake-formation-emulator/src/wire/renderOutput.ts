import { ServiceModel } from './ServiceModel';

/**
 * Shapes an operation's answer for a JSON protocol. An answer that AWS's
 * clients could not read is a bug of the emulator and fails loudly.
 */
export function renderOutput(
  model: ServiceModel,
  shapeName: string,
  output: object,
): unknown {
  function render(name: string, value: unknown, path: string): unknown {
    const shape = model.shapes[name];
    const wrong = () =>
      new TypeError(
        `The emulator answered ${JSON.stringify(value)} at ${path}, not a ${
          shape.type
        }`,
      );
    switch (shape.type) {
      case 'timestamp':
        if (!(value instanceof Date)) throw wrong();
        return value.getTime() / 1000;
      case 'blob':
        if (!Buffer.isBuffer(value)) throw wrong();
        return value.toString('base64');
      case 'list':
        if (!Array.isArray(value)) throw wrong();
        return value.map((entry, i) =>
          render(shape.member, entry, `${path}[${i}]`),
        );
      case 'map':
        if (typeof value !== 'object' || value === null) throw wrong();
        return Object.fromEntries(
          Object.entries(value).map(([key, entry]) => [
            key,
            render(shape.value, entry, `${path}.${key}`),
          ]),
        );
      case 'structure': {
        if (typeof value !== 'object' || value === null) throw wrong();
        const rendered: Record<string, unknown> = {};
        for (const [member, entry] of Object.entries(value)) {
          if (entry === undefined) continue;
          if (!(member in shape.members)) {
            throw new TypeError(
              `The emulator answered ${path}.${member}, which ${name} does not have`,
            );
          }
          rendered[member] = render(
            shape.members[member],
            entry,
            `${path}.${member}`,
          );
        }
        return rendered;
      }
      default:
        if (typeof value !== shape.type) throw wrong();
        return value;
    }
  }
  return render(shapeName, output, shapeName);
}
