import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { admit } from './admit';
import { EmulatorCall } from './control/EmulatorCalls';
import { FaultTarget } from './control/FaultPlan';
import { faultError } from './control/faultError';
import { isWrite } from './control/writeKeys';
import { Emulator } from './Emulator';
import { GuardedWrite, guardWrite } from './guardWrite';
import {
  CredentialScope,
  readCredentialScope,
  resolveIdentity,
} from './identity';
import { AwsError } from './model/api/AwsError';
import { Caller } from './model/iam/Caller';
import { WireAnswer, WireRequest } from './protocols/Protocol';
import { absentService, isAbsent, routeService } from './routeService';
import { Operation, Service } from './services/Operation';

/** How a call ends: with an answer, or with its connection cut. */
export type CallOutcome =
  | { kind: 'answer'; answer: WireAnswer }
  | { kind: 'reset' }
  | { kind: 'close' };

/** What a call needs to know of its connection. */
export interface Connection {
  onClientGone(resume: () => void): void;
}

/** Ends a call without an answer. */
class ConnectionCut extends Error {
  readonly outcome: CallOutcome;

  constructor(outcome: CallOutcome) {
    super(`The connection is cut (${outcome.kind})`);
    this.outcome = outcome;
  }
}

/** Takes one request of an AWS client to its answer. */
export async function handleCall(
  emulator: Emulator,
  request: WireRequest,
  connection: Connection,
): Promise<CallOutcome> {
  const service = routeService(request);
  const requestId = randomUUID();
  const call = emulator.calls.begin(emulator.clock.now(), service.name);
  try {
    const scope = readCredentialScope(request.header('authorization'));
    const answer = await answerCall(
      { emulator, request, service, call, connection },
      scope,
      requestId,
    );
    call.status = answer.status;
    return { kind: 'answer', answer };
  } catch (error) {
    if (error instanceof ConnectionCut) {
      return error.outcome;
    }
    const { code, message, status } = wireError(service, error);
    call.status = status;
    call.errorCode = code;
    call.errorMessage = message;
    return {
      kind: 'answer',
      answer: service.protocol.renderError(
        { code, message, status },
        requestId,
      ),
    };
  }
}

function wireError(service: Service, error: unknown) {
  if (error instanceof AwsError) {
    const { message } = error;
    const code = service.errorNames[error.code] ?? error.code;
    const status =
      error.status ??
      service.statuses[code] ??
      service.model.errors[code] ??
      400;
    return { code, message, status };
  }
  // A bug of the emulator: say so instead of looking like AWS.
  const text = error instanceof Error ? error.stack ?? error.message : error;
  return {
    code: 'InternalFailure',
    message: `The Lake Formation emulator failed: ${text}`,
    status: 500,
  };
}

interface CallContext {
  emulator: Emulator;
  request: WireRequest;
  service: Service;
  call: EmulatorCall;
  connection: Connection;
}

async function answerCall(
  context: CallContext,
  scope: CredentialScope,
  requestId: string,
): Promise<WireAnswer> {
  const { emulator, request, service, call } = context;
  const { region, accessKeyId } = scope;
  Object.assign(call, { region, accessKeyId });
  const operationName = service.protocol.operationName(request, service.model);
  call.operation = operationName;
  const identity = resolveIdentity(emulator.state, {
    accessKeyId,
    sessionToken: request.header('x-amz-security-token'),
    now: emulator.clock.now(),
    defaultAccount: emulator.defaultAccount,
  });
  const caller: Caller = { ...identity, region };
  call.account = caller.account;
  call.principal = caller.principal;

  const { name, operation, model } = findOperation(service, operationName);
  const input = service.protocol.readInput(request, service.model, model);
  call.input = input;

  const target: FaultTarget = {
    service: service.name,
    operation: name,
    account: caller.account,
    input,
  };
  admit(
    emulator.state,
    service,
    { ...target, input, caller },
    emulator.clock.now(),
  );
  const output = await perform(context, target, caller, operation, input);
  return service.protocol.renderAnswer(output, service.model, name, requestId);
}

/** Services whose writes take time to show and may overlap. */
const WRITABLE = ['lakeformation', 'glue', 'ram'];

const NO_WRITE: GuardedWrite = { refusalOf: () => undefined, end: () => {} };

/** Runs an operation, with what the behaviour and the faults do to it. */
async function perform(
  context: CallContext,
  target: FaultTarget,
  caller: Caller,
  operation: Operation,
  input: Record<string, unknown>,
): Promise<object> {
  const { emulator, service, call } = context;
  const { behaviour } = emulator.state;
  const writes = WRITABLE.includes(service.name) && isWrite(target.operation);
  const guard =
    writes && behaviour.refuseOverlappingWrites
      ? guardWrite(emulator.writes, service.name, caller.account, input)
      : NO_WRITE;
  try {
    await strike(context, target, 'before');
    const now = emulator.clock.now();
    if (writes) emulator.history.beforeWrite(emulator.state, now.getTime());
    const output = operation(input as never, {
      state: writes
        ? emulator.state
        : emulator.history.seen(emulator.state, now.getTime()),
      caller,
      now,
      entryFault: entry =>
        guard.refusalOf(entry) ?? entryFault(context, target, entry),
    });
    call.applied = true;
    if (writes && behaviour.writeMs) await sleep(behaviour.writeMs);
    await strike(context, target, 'after');
    return output;
  } finally {
    guard.end();
  }
}

/** A fault that a test has put on one entry of a batch. */
function entryFault(
  { emulator, service, call }: CallContext,
  target: FaultTarget,
  entry: unknown,
): AwsError | undefined {
  const fault = emulator.faults.take(
    { ...target, input: entry },
    'before',
    'entry',
  );
  if (!fault) return undefined;
  call.faults.push(fault.id);
  return faultError(fault.rule, service);
}

function findOperation(service: Service, name: string | undefined) {
  if (isAbsent(service)) {
    throw absentService(service);
  }
  if (!name || !service.model.operationNames.includes(name)) {
    throw new AwsError(
      'UnknownOperationException',
      name
        ? `${service.name} has no operation ${name}.`
        : `The request names no operation of ${service.name}.`,
      404,
    );
  }
  const operation = service.operations[name];
  const model = service.model.operations[name];
  if (!operation || !model) {
    throw new AwsError(
      'NotImplementedException',
      `The Lake Formation emulator does not implement ${service.name}:${name} yet.`,
      501,
    );
  }
  return { name, operation, model };
}

/** Lets the first fault that is meant for the call strike. */
async function strike(
  { emulator, service, call, connection }: CallContext,
  target: FaultTarget,
  when: 'before' | 'after',
): Promise<void> {
  const fault = emulator.faults.take(target, when, 'call');
  if (!fault) return;
  call.faults.push(fault.id);
  const { rule } = fault;
  if (rule.delayMs) await sleep(rule.delayMs);
  switch (rule.kind) {
    case 'delay':
      return;
    case 'hold':
      await fault.wait();
      return;
    case 'reset':
      throw new ConnectionCut({ kind: 'reset' });
    case 'timeout': {
      const clientGone = new Promise<void>(resolve =>
        connection.onClientGone(resolve),
      );
      await Promise.race([
        clientGone,
        fault.wait(),
        ...(rule.holdMs === undefined ? [] : [sleep(rule.holdMs)]),
      ]);
      throw new ConnectionCut({ kind: 'close' });
    }
    default:
      throw faultError(rule, service);
  }
}
