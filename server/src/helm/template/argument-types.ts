import type { Trace } from '../trace/origin.ts';
import { Bool, Dict, Float, type GoValue, Int, Str, typeName } from '../value/value.ts';
import type { Execution } from './exec.ts';
import type { NumberNode, Operand } from './nodes.ts';
import { printNode } from './nodes.ts';
import { type ParamType, TYPE_TEXT } from './signature.ts';

/** Which values functions take for arguments of a type, as reflection sees it. Source: `evalArg`, `validateType` and `idealConstant` in exec.go of text/template. */

/** A value on its way through a chain of fields: whether Go holds it as an interface decides how it fails. */
export interface Receiver {
  readonly value: GoValue;
  readonly isInterface: boolean;
}

/** The value of a number where nothing says which type is wanted. */
export function idealConstant(execution: Execution, node: NumberNode): GoValue {
  const trace = execution.traceOf(node);
  const { source } = node;
  if (node.isComplex) return execution.fail('complex numbers are not supported');
  const isHexInt = /^0[xX]/.test(source) && !/[pP]/.test(source);
  if (node.float !== undefined && !isHexInt && !source.startsWith("'") && /[.eEpP]/.test(source)) {
    return new Float(node.float, trace);
  }
  if (node.int !== undefined) return new Int(node.int, 'int', trace);
  return execution.fail(`${source} overflows int`);
}

/** A literal where a certain type is wanted: `nindent 4.0` works, as 4.0 can be an integer. */
export function literal(
  execution: Execution,
  node: Extract<Operand, { kind: 'bool' | 'number' | 'string' }>,
  type: ParamType,
): GoValue {
  const trace = execution.traceOf(node);
  switch (type) {
    case 'bool':
      if (node.kind === 'bool') return new Bool(node.value, trace);
      return execution.fail(`expected bool; found ${printNode(node)}`);
    case 'string':
      if (node.kind === 'string') return new Str(node.text, trace);
      return execution.fail(`expected string; found ${printNode(node)}`);
    case 'float64':
      if (node.kind === 'number' && node.float !== undefined) return new Float(node.float, trace);
      return execution.fail(`expected float; found ${printNode(node)}`);
    case 'int':
    case 'int64':
      if (node.kind === 'number' && node.int !== undefined) return new Int(node.int, type, trace);
      return execution.fail(`expected integer; found ${printNode(node)}`);
    case 'uint32':
      if (node.kind === 'number' && node.uint !== undefined) return new Int(node.uint, type, trace);
      return execution.fail(`expected unsigned integer; found ${printNode(node)}`);
    default:
      return execution.fail(`can't handle ${printNode(node)} for arg of type ${TYPE_TEXT[type]}`);
  }
}

/** Checks that a value can be an argument of a type, as reflection sees it. */
export function validateType(
  execution: Execution,
  { value, isInterface }: Receiver,
  type: ParamType,
): GoValue {
  if (type === 'value') return value;
  if (value.kind === 'nil') {
    if (isInterface) execution.fail(`wrong type for value; expected ${TYPE_TEXT[type]}; got interface {}`);
    if (type === 'map') return nilMap(value.trace);
    return execution.fail(`invalid value; expected ${TYPE_TEXT[type]}`);
  }
  if (isAssignable(value, type)) return type === 'map' && value.kind === 'map' ? value.asPlainMap() : value;
  return execution.fail(`wrong type for value; expected ${TYPE_TEXT[type]}; got ${typeName(value)}`);
}

function isAssignable(value: GoValue, type: ParamType): boolean {
  switch (type) {
    case 'map':
      return value.kind === 'map' && value.holdsInterfaces;
    case 'time':
      return value.kind === 'native' && value.native.typeName === 'time.Time';
    default:
      return typeName(value) === TYPE_TEXT[type];
  }
}

export function nilMap(trace: Trace): Dict {
  return new Dict(new Map(), 'map[string]interface {}', trace, true);
}
