import { FunctionError } from '../template/errors.ts';
import { fn, type TemplateFunction } from '../template/signature.ts';
import { Str, tracesOf } from '../value/value.ts';
import { dictOf } from './support.ts';

/** Marks a message that Helm shows alone, without Go's account of where it arose. */
export const WARNING_START = 'HELM_ERR_START';
export const WARNING_END = 'HELM_ERR_END';

function warning(message: string): FunctionError {
  return new FunctionError(WARNING_START + message + WARNING_END);
}

/** Helm's own functions. */
export const HELM_FUNCTIONS: readonly TemplateFunction[] = [
  fn('include', ['string', 'value'], (context, name, data) => context.include(name, data)),
  fn('tpl', ['string', 'value'], (context, text, data) => context.tpl(text, data)),
  fn('required', ['string', 'value'], (_, message, value) => {
    const isMissing = value.kind === 'nil' || (value.kind === 'string' && value.text === '');
    if (isMissing) throw warning(message.text);
    return value;
  }),
  fn('fail', ['string'], (_, message) => {
    throw warning(message.text);
  }),
  // Without a cluster there is nothing to look up.
  fn('lookup', ['string', 'string', 'string', 'string'], (context, ...args) =>
    dictOf([], [...context.siteTrace(), ...tracesOf(args)]),
  ),
  fn('getHostByName', ['string'], (_, name) => new Str('', name.trace)),
  fn('hello', [], (context) => new Str('Hello!', context.siteTrace())),
];
