import { quote } from '../go/quote.ts';
import { isAscii } from '../go/utf8.ts';
import { FunctionError } from '../template/errors.ts';
import { fn, type TemplateFunction } from '../template/signature.ts';
import { type Dict, type GoValue, kindName, Str } from '../value/value.ts';
import { bool, dictOf } from './support.ts';

/** What net/url makes of an address. */
interface Url {
  scheme: string;
  opaque: string;
  userinfo: string;
  host: string;
  path: string;
  query: string;
  fragment: string;
}

function parseUrl(source: string): Url {
  const url: Url = { scheme: '', opaque: '', userinfo: '', host: '', path: '', query: '', fragment: '' };
  if (/[^\P{Cc}\u0080-\u009f]/u.test(source))
    throw invalid(source, 'net/url: invalid control character in URL');
  let rest = source;
  const hash = rest.indexOf('#');
  if (hash !== -1) {
    url.fragment = decodePercent(rest.slice(hash + 1), source);
    rest = rest.slice(0, hash);
  }
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(rest);
  if (scheme !== null) {
    url.scheme = (scheme[1] ?? '').toLowerCase();
    rest = rest.slice(scheme[0].length);
  } else if (rest.startsWith(':')) throw invalid(source, 'missing protocol scheme');
  const question = rest.indexOf('?');
  if (question !== -1) {
    url.query = rest.slice(question + 1);
    rest = rest.slice(0, question);
  }
  if (!rest.startsWith('/')) {
    if (url.scheme !== '') {
      url.opaque = rest;
      return url;
    }
    if (rest.split('/')[0]?.includes(':')) {
      throw invalid(source, 'first path segment in URL cannot contain colon');
    }
  }
  if (rest.startsWith('//') && (url.scheme !== '' || !rest.startsWith('///'))) {
    const slash = rest.indexOf('/', 2);
    const authority = slash === -1 ? rest.slice(2) : rest.slice(2, slash);
    rest = slash === -1 ? '' : rest.slice(slash);
    const at = authority.lastIndexOf('@');
    if (at !== -1) url.userinfo = authority.slice(0, at);
    url.host = checkHost(decodePercent(authority.slice(at + 1), source), source);
  }
  url.path = decodePercent(rest, source);
  return url;
}

function checkHost(host: string, source: string): string {
  const port = /:([^\]]*)$/.exec(host)?.[1];
  if (port !== undefined && !host.endsWith(']') && !/^[0-9]*$/.test(port)) {
    throw invalid(source, `invalid port ":${port}" after host`);
  }
  if (host.includes(' ')) throw invalid(source, 'invalid character " " in host name');
  return host;
}

function invalid(source: string, reason: string): FunctionError {
  return new FunctionError(`unable to parse url: parse ${quote(source)}: ${reason}`);
}

function decodePercent(text: string, source: string): string {
  if (!text.includes('%')) return text;
  const bad = /%(?![0-9A-Fa-f]{2}).{0,2}/.exec(text)?.[0];
  if (bad !== undefined) throw invalid(source, `invalid URL escape ${quote(bad)}`);
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function hostname(host: string): string {
  const bracketed = /^\[([^\]]*)\]/.exec(host);
  return bracketed?.[1] ?? host.replace(/:[^:]*$/, '');
}

const PATH_SAFE = /[A-Za-z0-9\-_.~$&+,/:;=@!*'()]/;

/** Escapes what may not stand in a path, as EscapedPath does. */
function escapePath(path: string): string {
  if (isAscii(path) && [...path].every((character) => PATH_SAFE.test(character))) return path;
  let result = '';
  for (const character of path) {
    result += PATH_SAFE.test(character) && character.length === 1 ? character : encodeURIComponent(character);
  }
  return result;
}

function formatUrl(url: Url): string {
  let text = url.scheme === '' ? '' : `${url.scheme}:`;
  if (url.opaque !== '') text += url.opaque;
  else {
    if (url.scheme !== '' || url.host !== '' || url.userinfo !== '') {
      if (url.host !== '' || url.path !== '' || url.userinfo !== '') {
        if (url.host !== '' || url.userinfo !== '' || url.path.startsWith('//')) text += '//';
      }
      if (url.userinfo !== '') text += `${url.userinfo}@`;
      text += url.host;
    }
    const path = escapePath(url.path);
    if (path !== '' && !path.startsWith('/') && url.host !== '') text += '/';
    if (text === '' && path.split('/')[0]?.includes(':')) text += './';
    text += path;
  }
  if (url.query !== '') text += `?${url.query}`;
  if (url.fragment !== '') text += `#${encodeURI(url.fragment)}`;
  return text;
}

/** path.Clean. */
function cleanPath(path: string): string {
  if (path === '') return '.';
  const isRooted = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!isRooted) parts.push('..');
  }
  const joined = (isRooted ? '/' : '') + parts.join('/');
  return joined === '' ? '.' : joined;
}

/** path.Base. */
export function basePath(path: string): string {
  if (path === '') return '.';
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

function extension(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot === -1 ? '' : name.slice(dot);
}

function pathFunctions(prefix: string): TemplateFunction[] {
  const name = (base: string) => (prefix === '' ? base : `os${base[0]?.toUpperCase()}${base.slice(1)}`);
  const text = (base: string, change: (path: string) => string) =>
    fn(name(base), ['string'], (_, path) => new Str(change(path.text), path.trace));
  return [
    text('base', basePath),
    text('dir', (path) => cleanPath(path.slice(0, path.lastIndexOf('/') + 1))),
    text('clean', cleanPath),
    text('ext', extension),
    fn(name('isAbs'), ['string'], (_, path) => bool(path.text.startsWith('/'), path.trace)),
  ];
}

/** Sprig's addresses and paths. */
export const URL_FUNCTIONS: readonly TemplateFunction[] = [
  fn('urlParse', ['string'], (_, text) => {
    const url = parseUrl(text.text);
    const fields = { ...url, hostname: hostname(url.host) };
    return dictOf(
      Object.entries(fields).map(([key, value]) => [key, new Str(value, text.trace)] as const),
      text.trace,
    );
  }),
  fn('urlJoin', ['map'], (_, map) => new Str(joinUrl(map), map.trace)),
  ...pathFunctions(''),
  ...pathFunctions('os'),
];

function joinUrl(map: Dict): string {
  const field = (key: string): string => {
    const value: GoValue | undefined = map.entries.get(key);
    if (value === undefined) return '';
    if (value.kind === 'string') return value.text;
    throw new FunctionError(
      `unable to parse ${key} key, must be of type string, but ${kindName(value)} found`,
    );
  };
  return formatUrl({
    scheme: field('scheme'),
    opaque: field('opaque'),
    userinfo: field('userinfo'),
    host: field('host'),
    path: field('path'),
    query: field('query'),
    fragment: field('fragment'),
  });
}
