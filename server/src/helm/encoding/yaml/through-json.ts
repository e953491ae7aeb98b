import { Str } from '../../trace/text.ts';
import { UnwritableError } from './style.ts';

const JSON_SENSITIVE = /[\u007f-\u009f\ufffe\uffff\ud800-\udfff]/;
const UNREADABLE = /[\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

/** A text after JSON, which leaves some characters as they are that YAML refuses or takes for a line break. */
export function throughJson(str: Str): Str {
  if (!JSON_SENSITIVE.test(str.text)) return str;
  if (UNREADABLE.test(str.text)) throw new UnwritableError('control characters are not allowed');
  const text = str.text
    .replace(/(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])/g, '\ufffd')
    .replace(/ *\u0085[ \u0085]*/g, (breaks) => {
      const count = breaks.replaceAll(' ', '').length;
      return count === 1 ? ' ' : '\n'.repeat(count - 1);
    });
  return text === str.text ? str : new Str(text, str.trace);
}
