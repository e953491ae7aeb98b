import type { OffsetRange } from '../../syntax/ranges.ts';

/** What stands around an address in a text. */
export interface Surroundings {
  /** The key, flag or directive that the address is the value of; undefined where there is none. */
  readonly key: string | undefined;
  /** `value`: the address begins the value of a key, an item or the whole text. `command`: it is an argument of a client program. */
  readonly role: 'value' | 'command' | 'prose';
}

const CLIENT_COMMAND =
  /(?:^|[\s;&|(`$"'])(?:\/\S*\/)?(?:curl|wget|http|https?ie|aria2c|lftp|ftp|websocat|wscat|mc|psql|mongosh?|mysql|redis-cli|nats|amqp-\S+|mosquitto_(?:pub|sub)|ldapsearch|pg_dump|pg_isready|pg_restore|git|helm)\s/;
/** Directives of servers whose argument is where they connect to. */
const DIRECTIVE =
  /^(?:proxy_pass|grpc_pass|ProxyPass|ProxyPassMatch|reverse_proxy|forward|server|url|target|endpoint|upstream)$/;
const MAX_LINE = 2000;
/** Comments of XML are looked for no further back than this. */
const MAX_COMMENT = 5000;

/** Tells what an address at an offset is for, from the line that it stands on. */
export function surroundingsOf(text: string, { start }: OffsetRange): Surroundings {
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1) + 1, start - MAX_LINE);
  const before = text.slice(lineStart, start);
  if (CLIENT_COMMAND.test(` ${before}`) && !/\becho\b|\bprintf\b/.test(before))
    return { key: undefined, role: 'command' };
  const quoted = before.replace(/["']$/, '');
  // YAML, JSON, properties, .env, INI, TOML, flags and attributes.
  const key =
    /(?:^|[\s,{[(<"'-])([\w@$][\w.@$/-]{0,99})["']?\]?[ \t]{0,20}(?:=>|[:=])[ \t]{0,20}(?:\[[ \t]{0,4})?$/.exec(
      quoted,
    )?.[1];
  if (key !== undefined) return { key, role: 'value' };
  if (/^\s*$/.test(quoted)) return { key: keyAbove(text, lineStart, quoted), role: 'value' };
  if (/^\s*-[ \t]+$/.test(quoted) || /^\s*[\w.-]{1,99}[ \t]*[:=][^'"]*,[ \t]*["']?$/.test(quoted))
    return {
      key: /^\s*([\w.-]{1,99})[ \t]*[:=]/.exec(quoted)?.[1] ?? keyAbove(text, lineStart, quoted),
      role: 'value',
    };
  const element = /<([\w.:-]{1,99})(?:\s[^<>]{0,200})?>\s*$/.exec(quoted)?.[1];
  if (element !== undefined) return { key: element, role: 'value' };
  const directive = /^\s*([A-Za-z_]+)[ \t]+(?:\S+[ \t]+)?$/.exec(quoted)?.[1];
  if (directive !== undefined && DIRECTIVE.test(directive)) return { key: directive, role: 'value' };
  return { key: undefined, role: 'prose' };
}

/** The key above a list item, or above a value on a line of its own. */
function keyAbove(text: string, lineStart: number, line: string): string | undefined {
  const indent = line.length - line.trimStart().length;
  const above = text.slice(Math.max(0, lineStart - MAX_LINE), Math.max(0, lineStart - 1)).split('\n');
  for (const candidate of above.reverse().slice(0, 20)) {
    if (candidate.trim() === '' || /^\s*(?:[-#]|["']?\w+:\/\/)/.test(candidate)) continue;
    if (candidate.length - candidate.trimStart().length > indent) continue;
    return /^\s*["']?([\w.@$-]{1,99})["']?[ \t]*[:=][ \t]*(?:[[>|].*)?$/.exec(candidate)?.[1];
  }
  return undefined;
}

/** Whether an offset stands in a comment of any of the usual languages. */
export function isInComment(text: string, at: number): boolean {
  const lineStart = Math.max(text.lastIndexOf('\n', at - 1) + 1, at - MAX_LINE);
  const before = text.slice(lineStart, at);
  if (/^\s*(?:#|\/\/|;|--\s|\*\s|\/\*|<!--|!|REM\s|%)/i.test(before)) return true;
  if (/\s(?:#|\/\/)\s/.test(before)) return true;
  const above = text.slice(Math.max(0, at - MAX_COMMENT), at);
  return above.lastIndexOf('<!--') > above.lastIndexOf('-->');
}
