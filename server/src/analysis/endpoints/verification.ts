import { commandLineOf } from '../../kubernetes/command-line.ts';
import { podOf } from '../../kubernetes/pods.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import type { OffsetRange } from '../../syntax/ranges.ts';
import { ScalarValue, type Value } from '../../syntax/values.ts';
import { commandsIn, type UnverifiedCommand, unverifiedCommandOf } from './commands.ts';
import { type Connection, connectionsIn, isWithin, type Parameter } from './connections.ts';
import { placeOfHost } from './hosts.ts';
import { isInComment } from './places.ts';
import { type NamedSetting, settingsIn } from './settings.ts';
import { type ConfigurationText, configurationTextsOf } from './texts.ts';
import {
  BUILD_FLAG,
  FLAG,
  ON,
  UNVERIFIED_PARAMETERS,
  UNVERIFIED_SETTINGS,
  VERIFY_FLAG,
} from './verification-table.ts';

/** How verification comes back: another value, or none at all. */
export type Repair =
  | { readonly to: 'set'; readonly part: OffsetRange; readonly newText: string }
  | { readonly to: 'cut'; readonly part: OffsetRange }
  | { readonly to: 'remove' };

/** A place that keeps a program from verifying whom it talks to. */
export interface Unverified {
  /** The value that holds it; that of an item of `env` is the value, not the item. */
  readonly scalar: ScalarValue;
  /** What decides, in offsets of the decoded text; absent when all of the value does. */
  readonly part: OffsetRange | undefined;
  /** For people: `NODE_TLS_REJECT_UNAUTHORIZED=0`, `curl -k`. */
  readonly setting: string;
  /** Where it is written, in words that begin a message. */
  readonly words: string;
  /** `parameter`: the connection is encrypted but takes any certificate, or may fall back to clear text. */
  readonly kind: 'setting' | 'parameter' | 'build';
  readonly repair: Repair | undefined;
}

/** A cheap test whether a text can hold anything of interest. */
const HINT = /ssl|tls|insecure|verif|trust|certificate|endpoint\.identification|(?:^|[\s/"'(;|&`])curl\b/i;

export function unverifiedConnectionsOf(resource: Resource): Unverified[] {
  return [
    ...configurationTextsOf(resource).flatMap(inText),
    ...inCommandLines(resource),
    ...inFields(resource),
  ];
}

function inText(text: ConfigurationText): Unverified[] {
  const { decoded } = text.scalar;
  if (!HINT.test(decoded) && !HINT.test(text.name)) return [];
  const connections = connectionsIn(decoded);
  const parameters = connections.flatMap((connection) => inConnection(connection, text));
  const settings =
    text.place === 'argument'
      ? []
      : settingsIn(text)
          .filter(({ range }) => !isWithin(connections, range))
          .flatMap((setting) => inSetting(setting, text));
  const commands = isScript(text)
    ? commandsIn(decoded).flatMap((words) => inCommand(unverifiedCommandOf(words), text))
    : [];
  return [...parameters, ...settings, ...commands];
}

function isScript({ place, scalar, name }: ConfigurationText): boolean {
  return (
    place === 'argument' ||
    (place === 'config' && (/\.(?:sh|bash)$/.test(name) || scalar.decoded.startsWith('#!')))
  );
}

function inSetting(setting: NamedSetting, text: ConfigurationText): Unverified[] {
  const { name, value, range, valueRange } = setting;
  const { scalar } = text;
  const isAll = range.start === 0 && range.end === scalar.decoded.length && text.name === name;
  const row = UNVERIFIED_SETTINGS.find(
    (candidate) => candidate.names.test(name) && candidate.values.test(value),
  );
  const found = (instead: string | undefined, kind: Unverified['kind']): Unverified => ({
    scalar,
    part: isAll ? undefined : range,
    setting: `${name}=${value}`,
    words: text.words,
    kind,
    repair:
      instead === undefined
        ? { to: 'remove' }
        : { to: 'set', part: valueRange, newText: likeIt(value, instead) },
  });
  if (row !== undefined) return isAboutSelf(setting, text) ? [] : [found(row.instead, 'setting')];
  const isMode = /ssl_?mode$/i.test(name) && /^(?:allow|prefer|require)$/i.test(value);
  if (
    !isMode ||
    (/^require$/i.test(value) && hasCa(setting.neighbours(), text)) ||
    isAboutSelf(setting, text)
  )
    return [];
  return [found('verify-full', 'parameter')];
}

/** Whether everything that the setting is about is the pod itself. */
function isAboutSelf({ neighbours }: NamedSetting, text: ConfigurationText): boolean {
  const hosts = neighbours().filter(
    ({ name, value }) => /host|server|addr|url|uri|endpoint/i.test(name) && value !== '',
  );
  return (
    hosts.length > 0 &&
    hosts.every(
      ({ value }) =>
        placeOfHost(value.replace(/^[\w.+-]+:\/\//, '').replace(/[:/].*$/, ''), text.localNames) === 'local',
    )
  );
}

export const CA =
  /ssl_?root_?cert|(?:ssl|tls)_?ca|ca_?(?:cert|file|path|bundle)|server_?ca|root_?certificate/i;

function hasCa(neighbours: readonly { readonly name: string }[], { siblings }: ConfigurationText): boolean {
  return neighbours.some(({ name }) => CA.test(name)) || [...siblings.keys()].some((name) => CA.test(name));
}

function inConnection(connection: Connection, text: ConfigurationText): Unverified[] {
  const { scalar, words, siblings } = text;
  if (
    connection.hosts.every((host) => isLocal(host, text)) ||
    isInComment(scalar.decoded, connection.range.start)
  )
    return [];
  return connection.parameters.flatMap((parameter): Unverified[] => {
    const row = UNVERIFIED_PARAMETERS.find(
      ({ names, values }) => names.test(parameter.name) && values.test(parameter.value),
    );
    if (
      row === undefined ||
      (parameter.name === 'sslmode' && /^required?$/i.test(parameter.value) && knowsCa(connection, siblings))
    )
      return [];
    const instead = row.instead === undefined ? undefined : likeParameter(connection, parameter, row.instead);
    return [
      {
        scalar,
        part: parameter.range,
        setting: scalar.decoded.slice(parameter.range.start, parameter.range.end),
        words,
        kind: 'parameter',
        repair:
          instead === undefined ? undefined : { to: 'set', part: parameter.valueRange, newText: instead },
      },
    ];
  });
}

/** With a certificate authority at hand, libpq verifies in the mode `require` as in `verify-ca`. */
function knowsCa({ parameters }: Connection, siblings: ReadonlyMap<string, string>): boolean {
  return [...parameters.map(({ name }) => name), ...siblings.keys()].some(
    (name) => CA.test(name) || /rootcertificate|truststore/i.test(name),
  );
}

function likeParameter({ form }: Connection, { value }: Parameter, instead: string): string {
  if (form === 'pairs' && /^[A-Z][a-z]/.test(value) && instead === 'verify-full') return 'VerifyFull';
  return likeIt(value, instead);
}

/** What is known beside a text. */
type Beside = Pick<ConfigurationText, 'localNames' | 'siblings'>;

function isLocal(host: string, { localNames, siblings }: Beside): boolean {
  const name = /^\$[({]?(\w+)[)}]?$/.exec(host)?.[1] ?? '';
  return localNames.has(name) || placeOfHost(siblings.get(name) ?? host, localNames) === 'local';
}

function inCommand(command: UnverifiedCommand | undefined, text: ConfigurationText): Unverified[] {
  if (command === undefined || talksToSelf(command, text)) return [];
  const { word, without, program } = command;
  const { decoded } = text.scalar;
  // The blank before the word goes with it.
  const start =
    without === '' && /[ \t]/.test(decoded.charAt(word.range.start - 1))
      ? word.range.start - 1
      : word.range.start;
  const repair: Repair =
    without === ''
      ? { to: 'cut', part: { start, end: word.range.end } }
      : { to: 'set', part: word.range, newText: without };
  return [
    {
      scalar: text.scalar,
      part: word.range,
      setting: `${program} ${word.text}`,
      words: text.words,
      kind: 'setting',
      repair,
    },
  ];
}

function talksToSelf({ targets }: UnverifiedCommand, text: Beside): boolean {
  return targets.length > 0 && targets.every((target) => isLocal(hostOf(target), text));
}

function hostOf(target: string): string {
  return target
    .replace(/^[\w.+-]+:\/\//, '')
    .replace(/^[^@/]*@/, '')
    .replace(/(?<=^[^[]*)[:/?].*$/, '');
}

/** Flags of a container's own program, and commands whose words are the items of the list. */
function inCommandLines(resource: Resource): Unverified[] {
  return (podOf(resource)?.containers ?? []).flatMap((container) => {
    const items = commandLineOf(container).filter((item) => item instanceof ScalarValue);
    const words = `Container "${container.name}"`;
    const command = unverifiedCommandOf(
      items.map(({ decoded }) => ({ text: decoded, range: { start: 0, end: decoded.length } })),
    );
    if (command === undefined) return items.flatMap((item) => inFlag(item, words));
    const scalar = items.find(({ decoded }) => decoded === command.word.text);
    if (scalar === undefined || talksToSelf(command, NOTHING_BESIDE)) return [];
    const repair: Repair =
      command.without === ''
        ? { to: 'remove' }
        : { to: 'set', part: command.word.range, newText: command.without };
    const setting = `${command.program} ${command.word.text}`;
    return [{ scalar, part: undefined, setting, words, kind: 'setting', repair }];
  });
}

const NOTHING_BESIDE: Beside = { localNames: new Set(), siblings: new Map() };

function inFlag(item: ScalarValue, words: string): Unverified[] {
  const text = item.decoded.trim();
  const value = FLAG.exec(text)?.[1];
  const isOff = (FLAG.test(text) && (value === undefined || ON.test(value))) || VERIFY_FLAG.test(text);
  const kind = isOff ? 'setting' : BUILD_FLAG.test(text) ? 'build' : undefined;
  if (kind === undefined) return [];
  return [{ scalar: item, part: undefined, setting: text, words, kind, repair: { to: 'remove' } }];
}

/** Groups whose resources say it in fields that other rules read. */
const OTHER_RULES = /^networking\.istio\.io$/;
export const FIELD =
  /^(?:insecure-?skip-?(?:tls-?)?verify|skip-?tls-?verify|tls-?skip-?verify|insecure_skip_verify|insecureSkipTLSVerifyBackend)$/i;

/** `insecureSkipVerify: true` in fields: APIServices, kubeconfigs, monitors, transports, and the values of charts. */
function inFields(resource: Resource): Unverified[] {
  if (resource.kind === 'CustomResourceDefinition' || OTHER_RULES.test(resource.group)) return [];
  const found: Unverified[] = [];
  const visit = (value: Value): void => {
    for (const entry of value.entries) {
      if (entry.value instanceof ScalarValue && FIELD.test(entry.key) && entry.value.boolean === true) {
        found.push({
          scalar: entry.value,
          part: undefined,
          setting: `${entry.key}: true`,
          words: `${resource.kind}${resource.name === '' ? '' : ` "${resource.name}"`}`,
          kind: 'setting',
          repair: { to: 'remove' },
        });
      }
      visit(entry.value);
    }
    for (const item of value.items) visit(item);
  };
  if (resource.kind !== 'ConfigMap' || resource.group !== '') visit(resource.root);
  return found;
}

/** A word in the case of another. */
function likeIt(old: string, word: string): string {
  if (/[A-Z]/.test(old) && old === old.toUpperCase()) return word.toUpperCase();
  if (/^[01]$/.test(old) && /^(?:true|false)$/.test(word)) return word === 'true' ? '1' : '0';
  if (/^(?:yes|no|on|off)$/i.test(old) && /^(?:true|false)$/.test(word))
    return OPPOSITES[old.toLowerCase()] ?? word;
  return /^[A-Z]/.test(old) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}

const OPPOSITES: Readonly<Record<string, string>> = { yes: 'no', no: 'yes', on: 'off', off: 'on' };
