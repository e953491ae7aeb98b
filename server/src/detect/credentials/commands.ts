import { isPlaceholder } from '../placeholders.ts';
import type { FoundCredential } from './found.ts';

/** Passwords as arguments of well-known commands. Group `value` is the password. */
export const COMMANDS: readonly RegExp[] = [
  /\bcurl\b[^\n|;]{0,300}?\s(?:-u|--user)[ =]?["']?[^\s:"'$]{1,64}:(?<value>[^\s"'$]{3,128})/g,
  /\bmysql(?:dump|admin|import)?\b[^\n|;]{0,200}?\s-p(?<value>[^\s"'$-][^\s"'$]{2,64})(?=\s|["']|$)/g,
  /\bsshpass\s+-p\s?["']?(?<value>[^\s"'$]{3,64})/g,
  /\bredis-cli\b[^\n|;]{0,200}?\s-a\s+["']?(?<value>[^\s"'$]{3,128})/g,
  /\bhtpasswd\s+-\w*b\w*\s+\S{1,100}\s+\S{1,64}\s+["']?(?<value>[^\s"'$]{3,64})/g,
  /\bdocker\s+login\b[^\n|;]{0,200}?\s-p\s+["']?(?<value>[^\s"'$]{3,128})/g,
  /\becho\s+["']?(?<value>[^\s"'$]{4,64})["']?\s*\|\s*(?:sudo\s+-S|passwd\s+--stdin)/g,
];

export const ANY_COMMAND = /\b(?:curl|mysql|sshpass|redis-cli|htpasswd|docker|sudo|passwd)/;

export function* passwordsInCommands(text: string): Generator<FoundCredential> {
  if (!ANY_COMMAND.test(text)) return;
  for (const command of COMMANDS) {
    for (const match of text.matchAll(command)) {
      const value = match.groups?.value ?? '';
      if (isPlaceholder(value)) continue;
      const start = match.index + match[0].lastIndexOf(value);
      yield {
        kind: 'password',
        label: 'password in a command',
        confidence: 'high',
        start,
        end: start + value.length,
        value,
        evidence: ['the argument of a command that takes a password'],
      };
    }
  }
}
