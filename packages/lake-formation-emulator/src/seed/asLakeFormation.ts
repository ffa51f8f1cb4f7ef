import { lakeFormationModel } from '../wire/models/lakeFormation';
import { readInput } from '../wire/readInput';
import { Operation, OperationContext } from '../services/Operation';

/**
 * Runs an operation of Lake Formation for the seed, with all of its checks.
 *
 * @param place - where the seed asks for it, for the error where it is refused
 */
export function asLakeFormation<Input>(
  operation: Operation<Input>,
  shape: string,
  input: object,
  context: OperationContext,
  place: string,
): void {
  try {
    const read = readInput(lakeFormationModel, shape, input);
    operation(read as Parameters<Operation<Input>>[0], context);
  } catch (error) {
    throw new TypeError(
      `The emulator's seed has what Lake Formation would refuse, ${place}: ${
        (error as Error).message
      }`,
    );
  }
}
