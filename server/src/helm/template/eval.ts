import { quote } from '../go/quote.ts';
import { absentTrace } from '../trace/absent.ts';
import type { Trace } from '../trace/origin.ts';
import { Bool, type GoValue, isTrue, Nil, Str, typeName } from '../value/value.ts';
import { valuesMethod } from '../value/values-methods.ts';
import { idealConstant, literal, nilMap, type Receiver, validateType } from './argument-types.ts';
import { ExecError, FunctionError, LimitError } from './errors.ts';
import type { Execution } from './exec.ts';
import type { CommandNode, Operand, PipeNode } from './nodes.ts';
import { printNode } from './nodes.ts';
import { type ParamType, type TemplateFunction, TYPE_TEXT } from './signature.ts';

/** The value of a pipeline; its declarations become variables. Source: exec.go of text/template, from `evalPipeline` on. */
export function evalPipeline(execution: Execution, dot: GoValue, pipe: PipeNode): GoValue {
  execution.node = pipe;
  let value: GoValue | undefined;
  for (const command of pipe.commands) value = evalCommand(execution, dot, command, value).value;
  const result = value ?? new Nil([]);
  for (const declaration of pipe.declarations) {
    const name = declaration.path[0];
    if (pipe.isAssign) execution.setVariable(name, result);
    else execution.variables.push({ name, value: result, isInterface: false });
  }
  return result;
}

/** @param final The value of the command before, which becomes the last argument. */
function evalCommand(
  execution: Execution,
  dot: GoValue,
  command: CommandNode,
  final: GoValue | undefined,
): Receiver {
  const first = command.args[0];
  if (first === undefined) return { value: new Nil([]), isInterface: false };
  switch (first.kind) {
    case 'field':
    case 'chain':
      return evalFields(execution, dot, first, command.args, final);
    case 'variable':
      if (first.path.length > 1) return evalFields(execution, dot, first, command.args, final);
      execution.node = first;
      break;
    case 'identifier':
      return concrete(evalFunction(execution, dot, first.name, first, command, command.args, final));
    case 'pipe':
      rejectArguments(execution, command.args, final);
      return concrete(evalPipeline(execution, dot, first));
    case 'nil':
      execution.node = first;
      rejectArguments(execution, command.args, final);
      return execution.fail('nil is not a command');
    default:
      execution.node = first;
  }
  rejectArguments(execution, command.args, final);
  return first.kind === 'variable' ? execution.variable(first.path[0]) : evalOperand(execution, dot, first);
}

function concrete(value: GoValue): Receiver {
  return { value, isInterface: false };
}

function rejectArguments(execution: Execution, args: readonly Operand[], final: GoValue | undefined): void {
  if (args.length <= 1 && final === undefined) return;
  execution.fail(`can't give argument to non-function ${args[0] === undefined ? '' : printNode(args[0])}`);
}

/** An operand that stands alone, as an argument of any type. */
function evalOperand(execution: Execution, dot: GoValue, node: Operand): Receiver {
  execution.node = node;
  switch (node.kind) {
    case 'dot':
      return { value: dot, isInterface: execution.dotIsInterface };
    case 'nil':
      return { value: new Nil(execution.traceOf(node)), isInterface: true };
    case 'field':
    case 'chain':
      return evalFields(execution, dot, node, [], undefined);
    case 'variable':
      if (node.path.length > 1) return evalFields(execution, dot, node, [], undefined);
      return execution.variable(node.path[0]);
    case 'pipe':
      return concrete(evalPipeline(execution, dot, node));
    case 'identifier':
      return concrete(evalFunction(execution, dot, node.name, node, node, [], undefined));
    case 'bool':
      return concrete(new Bool(node.value, execution.traceOf(node)));
    case 'string':
      return concrete(new Str(node.text, execution.traceOf(node)));
    case 'number':
      return concrete(idealConstant(execution, node));
  }
}

// Fields.

type FieldOperand = Extract<Operand, { kind: 'field' | 'chain' | 'variable' }>;

function evalFields(
  execution: Execution,
  dot: GoValue,
  node: FieldOperand,
  args: readonly Operand[],
  final: GoValue | undefined,
): Receiver {
  execution.node = node;
  let receiver: Receiver;
  let path: readonly string[] = node.path;
  if (node.kind === 'field') receiver = { value: dot, isInterface: execution.dotIsInterface };
  else if (node.kind === 'variable') {
    receiver = execution.variable(node.path[0]);
    path = node.path.slice(1);
  } else {
    if (node.node.kind === 'nil') execution.fail(`indirection through explicit nil in ${printNode(node)}`);
    receiver = evalOperand(execution, dot, node.node);
  }
  const last = path.length - 1;
  for (let index = 0; index < path.length; index++) {
    const isLast = index === last;
    const name = path[index] ?? '';
    receiver = evalField(
      execution,
      dot,
      node,
      receiver,
      name,
      isLast ? args : [],
      isLast ? final : undefined,
    );
  }
  return receiver;
}

function evalField(
  execution: Execution,
  dot: GoValue,
  node: FieldOperand,
  { value, isInterface }: Receiver,
  name: string,
  args: readonly Operand[],
  final: GoValue | undefined,
): Receiver {
  if (value.kind === 'nil') {
    if (!isInterface) return concrete(new Nil(() => absentTrace(value.trace, name)));
    return execution.fail(`nil pointer evaluating interface {}.${name}`);
  }
  const method =
    value.kind === 'native'
      ? value.native.method?.(name)
      : value.kind === 'map' && value.type === 'common.Values'
        ? valuesMethod(value, name)
        : undefined;
  if (method !== undefined) {
    const params: ParamType[] = method.params.map((param) => (param === 'string' ? 'string' : 'value'));
    const call: TemplateFunction = {
      name,
      params,
      rest: undefined,
      call: (_, ...values) => method.call(values),
    };
    return concrete(callFunction(execution, dot, call, node, args, final));
  }
  const hasArguments = args.length > 1 || final !== undefined;
  const fields = value.kind === 'native' ? (value.native.contents?.() ?? value) : value;
  if (fields.kind === 'map') {
    if (hasArguments) execution.fail(`${name} is not a method but has arguments`);
    return { value: fields.lookup(name), isInterface: fields.holdsInterfaces };
  }
  if (fields.kind === 'native') {
    const field = fields.native.field?.(name);
    if (field !== undefined) {
      if (hasArguments) execution.fail(`${name} has arguments but cannot be invoked as function`);
      return concrete(field);
    }
  }
  const type = isInterface ? 'interface {}' : typeName(value);
  return execution.fail(`can't evaluate field ${name} in type ${type}`);
}

// Calls.

function evalFunction(
  execution: Execution,
  dot: GoValue,
  name: string,
  node: Operand,
  command: CommandNode | Operand,
  args: readonly Operand[],
  final: GoValue | undefined,
): GoValue {
  execution.node = node;
  const definition = execution.runtime.functions.get(name);
  if (definition === undefined) return execution.fail(`${quote(name)} is not a defined function`);
  return callFunction(execution, dot, definition, command, args, final);
}

function callFunction(
  execution: Execution,
  dot: GoValue,
  definition: TemplateFunction,
  node: CommandNode | Operand,
  args: readonly Operand[],
  final: GoValue | undefined,
): GoValue {
  const operands = args.slice(1);
  const { name, params, rest } = definition;
  const count = operands.length + (final === undefined ? 0 : 1);
  if (rest === undefined ? count !== params.length : count < params.length) {
    const want = rest === undefined ? String(params.length) : `at least ${params.length}`;
    const got = rest === undefined ? count : operands.length;
    execution.fail(`wrong number of args for ${name}: want ${want} got ${got}`);
  }
  if (name === 'and' || name === 'or') return shortCircuit(execution, dot, name, operands, final);
  const typeOf = (index: number): ParamType => params[index] ?? rest ?? 'value';
  const values = operands.map((operand, index) => evalArgument(execution, dot, typeOf(index), operand));
  if (final !== undefined) {
    values.push(validateType(execution, concrete(final), typeOf(values.length)));
  }
  if (name === 'call') values.unshift(new Str(calleeName(operands[0], final), []));
  return invoke(execution, definition, node, values);
}

/** What messages call the first argument of `call`: its source, or how Go shows what comes through the pipeline. */
function calleeName(operand: Operand | undefined, final: GoValue | undefined): string {
  if (operand !== undefined) return printNode(operand);
  if (final === undefined || final.kind === 'nil') return '<invalid Value>';
  return final.kind === 'string' ? final.text : `<${typeName(final)} Value>`;
}

function invoke(
  execution: Execution,
  definition: TemplateFunction,
  node: CommandNode | Operand,
  values: GoValue[],
): GoValue {
  const { runtime } = execution;
  runtime.step();
  runtime.site = { execution, node: node as Operand };
  try {
    return definition.call(runtime.context, ...values);
  } catch (error) {
    if (error instanceof LimitError || error instanceof RangeError) throw error;
    const cause =
      error instanceof FunctionError
        ? error
        : error instanceof ExecError
          ? new FunctionError(error.text, error)
          : undefined;
    if (cause === undefined) throw error;
    execution.node = node as Operand;
    return execution.fail(`error calling ${definition.name}: `, cause);
  }
}

/** `and` and `or` evaluate no more than they need, and answer with one of their operands. */
function shortCircuit(
  execution: Execution,
  dot: GoValue,
  name: 'and' | 'or',
  operands: readonly Operand[],
  final: GoValue | undefined,
): GoValue {
  const seen: Trace[] = [];
  let value: GoValue = final ?? new Nil([]);
  for (const operand of operands) {
    value = evalArgument(execution, dot, 'value', operand);
    if (isTrue(value) === (name === 'or')) return withEarlier(value, seen);
    seen.push(value.trace);
  }
  return withEarlier(final ?? value, seen);
}

/** The operands before the deciding one have decided that it is asked; a boolean can say so. */
function withEarlier(value: GoValue, earlier: readonly Trace[]): GoValue {
  if (value.kind !== 'bool' || earlier.length === 0) return value;
  return new Bool(value.value, [...new Set([...value.trace, ...earlier.flat()])].slice(0, 12));
}

function evalArgument(execution: Execution, dot: GoValue, type: ParamType, node: Operand): GoValue {
  execution.node = node;
  switch (node.kind) {
    case 'nil':
      if (type === 'value') return new Nil(execution.traceOf(node));
      if (type === 'map') return nilMap(execution.traceOf(node));
      return execution.fail(`cannot assign nil to ${TYPE_TEXT[type]}`);
    case 'bool':
    case 'number':
    case 'string':
      return type === 'value' ? evalOperand(execution, dot, node).value : literal(execution, node, type);
    default:
      return validateType(execution, evalOperand(execution, dot, node), type);
  }
}
