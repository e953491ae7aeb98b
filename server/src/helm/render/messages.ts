import { WARNING_END, WARNING_START } from '../functions/helm.ts';
import type { ExecError } from '../template/errors.ts';
import type { ParseFailure } from './engine.ts';

/** Helm's words for a template that does not parse. */
export function parseErrorMessage({ source, problem }: ParseFailure): string {
  // Helm keeps what stands behind the last colon and space.
  const reason = problem.message.split(': ').at(-1) ?? problem.message;
  return `parse error at (${source.name}:${problem.line}): ${reason}`;
}

interface Location {
  readonly place: string;
  readonly executed: string;
  readonly message: string;
}

/** Helm's words for a template that failed: one block for each template on the way to the error. */
export function execErrorMessage(error: ExecError): string {
  const text = error.text;
  const rest = text.slice('template: '.length);
  const place = rest.slice(0, rest.indexOf(': '));
  const start = text.indexOf(WARNING_START);
  const end = text.lastIndexOf(WARNING_END);
  if (start !== -1 && end > start) {
    return `execution error at (${place}): ${text.slice(start + WARNING_START.length, end)}`;
  }
  const locations: Location[] = [];
  for (const { message, isLast } of messagesOf(error)) {
    const location = parseLocation(message);
    // An error that is not of a template makes Helm show the whole text as Go has it.
    if (location === undefined) return isLast || locations.length === 0 ? text : text;
    const previous = locations.at(-1);
    if (previous === undefined || !sameLocation(previous, location)) locations.push(location);
  }
  return locations.map(printLocation).join('').trim();
}

function* messagesOf(error: ExecError): Generator<{ message: string; isLast: boolean }> {
  for (const step of error.chain()) {
    yield { message: step.text, isLast: false };
    const cause = step.functionError;
    if (cause === undefined) continue;
    if (cause.message !== cause.inner?.text)
      yield { message: cause.message, isLast: cause.inner === undefined };
  }
}

function parseLocation(message: string): Location | undefined {
  const prefix = 'template: ';
  if (!message.startsWith(prefix)) return undefined;
  const rest = message.slice(prefix.length);
  if (rest.startsWith('no template ')) return { place: '', executed: '', message };
  const executing = /^(.*?): executing "([^"]*)" at <(.*?)>: ([\s\S]*)$/.exec(rest);
  const uncut = (text: string) => text.split(' template:')[0] ?? text;
  if (executing !== null) {
    const [, place = '', name = '', context = '', reason = ''] = executing;
    return { place, executed: `executing "${name}" at <${context}>:`, message: uncut(reason) };
  }
  const separator = rest.lastIndexOf(': ');
  if (separator === -1) return undefined;
  return { place: rest.slice(0, separator), executed: '', message: uncut(rest.slice(separator + 2)) };
}

function sameLocation(a: Location, b: Location): boolean {
  return a.place === b.place && a.executed === b.executed && a.message === b.message;
}

function printLocation({ place, executed, message }: Location): string {
  let text = place === '' ? '' : `${place}\n  `;
  if (executed !== '') text += `${executed}\n    `;
  if (message !== '') text += `${message}\n`;
  return text;
}
