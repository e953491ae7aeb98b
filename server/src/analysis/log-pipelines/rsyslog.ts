import type { ScalarValue } from '../../syntax/values.ts';
import type { LogOutput } from './outputs.ts';
import { type TextSetting, textSection } from './sections.ts';

/**
 * rsyslog: `*.* @host` (UDP), `*.* @@host` (TCP), and `action(type="omfwd" ...)`.
 *
 * Source: https://www.rsyslog.com/doc/configuration/actions.html and .../modules/omfwd.html
 */
export function rsyslogOutputs(scalar: ScalarValue): LogOutput[] {
  const text = scalar.decoded;
  return [...selectors(scalar, text), ...actions(scalar, text)];
}

export const SELECTOR =
  /^[ \t]*[\w*,]+\.[\w*,.;!=]+[ \t]+-?(@@?)(?:\([^)\n]*\))?(\[[0-9a-fA-F:]+\]|[\w.-]+)(?::\d+)?[ \t]*\r?$/gm;
function selectors(scalar: ScalarValue, text: string): LogOutput[] {
  return [...text.matchAll(SELECTOR)].map((match) => {
    const [line, at = '', host = ''] = match;
    const start = match.index + line.indexOf(at);
    const hostStart = match.index + line.lastIndexOf(host);
    return made(scalar, { start, end: hostStart + host.length }, [
      setting('protocol', at === '@@' ? 'tcp' : 'udp', start),
      setting('target', host, hostStart),
    ]);
  });
}

function actions(scalar: ScalarValue, text: string): LogOutput[] {
  return [...text.matchAll(/\baction\(([^()]{0,2000})\)/g)].flatMap((match) => {
    const body = match[1] ?? '';
    if (
      !/type="omfwd"/i.test(body) ||
      /^\s*#/.test(text.slice(text.lastIndexOf('\n', match.index) + 1, match.index))
    )
      return [];
    const offset = match.index + 'action('.length;
    const settings = [...body.matchAll(/(\w+)="([^"]*)"/g)].map((pair) =>
      setting(
        pair[1] ?? '',
        pair[2] ?? '',
        offset + pair.index + pair[0].length - 1 - (pair[2] ?? '').length,
      ),
    );
    return [made(scalar, { start: match.index, end: offset - 1 }, settings)];
  });
}

function setting(key: string, value: string, start: number): TextSetting {
  return { key, value, valueRange: { start, end: start + value.length } };
}

function made(
  scalar: ScalarValue,
  head: { start: number; end: number },
  settings: readonly TextSetting[],
): LogOutput {
  const block = { head, settings, add: () => ({ at: head.end, newText: '' }) };
  return { product: 'rsyslog', plugin: 'omfwd', section: textSection(scalar, block) };
}
