import { DAYS, type GoTime, LAYOUT_ELEMENT, MONTHS, SECOND } from './time.ts';
import { asBytes, quoted, TimeParseError } from './time-problem.ts';

/**
 * Reads a time as `time.Parse` does; local time is UTC. Source: `parse` in time/format.go.
 *
 * @throws TimeParseError
 */
export function parseTime(layout: string, text: string): GoTime {
  return new TimeReader(asBytes(layout), asBytes(text)).read();
}

/** What stands here is not what the layout asks for. */
class Mismatch extends Error {}

/** A number that no time has there. */
class OutOfRange extends Error {}

class TimeReader {
  readonly #layout: string;
  readonly #text: string;
  #rest: string;
  #year = 0;
  #month = -1;
  #day = -1;
  #yearDay = -1;
  #hour = 0;
  #minute = 0;
  #second = 0;
  #nanosecond = 0;
  #half: string | undefined;
  #isUtc = false;
  #offset: number | undefined;
  #zone = '';

  constructor(layout: string, text: string) {
    this.#layout = layout;
    this.#text = text;
    this.#rest = text;
  }

  read(): GoTime {
    let end = 0;
    for (const { 0: found, index } of this.#layout.matchAll(LAYOUT_ELEMENT)) {
      const underscore = found === '_2006' ? 1 : 0;
      this.#skip(this.#layout.slice(end, index + underscore));
      end = index + found.length;
      this.#readElement(found.slice(underscore), this.#layout.slice(end));
    }
    this.#skip(this.#layout.slice(end));
    if (this.#rest !== '') this.#fail(`: extra text: ${quoted(this.#rest)}`);
    return this.#time();
  }

  #fail(message: string): never {
    throw new TimeParseError(`parsing time ${quoted(this.#text)}${message}`);
  }

  #cannotParse(rest: string, element: string): never {
    const layout = quoted(this.#layout);
    this.#fail(` as ${layout}: cannot parse ${quoted(rest)} as ${quoted(element)}`);
  }

  /** Goes past what stands between elements; any white space counts as any other. */
  #skip(prefix: string): void {
    let at = 0;
    while (at < prefix.length) {
      if (prefix[at] === ' ') {
        if (this.#rest !== '' && this.#rest[0] !== ' ') this.#cannotParse(this.#rest, prefix);
        while (prefix[at] === ' ') at++;
        this.#rest = this.#rest.replace(/^ +/, '');
      } else {
        if (this.#rest[0] !== prefix[at]) this.#cannotParse(this.#rest, prefix);
        this.#rest = this.#rest.slice(1);
        at++;
      }
    }
  }

  #readElement(element: string, following: string): void {
    const before = this.#rest;
    try {
      this.#readValue(element, following);
    } catch (error) {
      if (error instanceof OutOfRange) this.#fail(`: ${error.message} out of range`);
      if (error instanceof Mismatch) this.#cannotParse(before, element);
      throw error;
    }
  }

  #readValue(element: string, following: string): void {
    switch (element) {
      case '06': {
        const year = Number(this.#take(/^\d{2}/));
        this.#year = year + (year >= 69 ? 1900 : 2000);
        break;
      }
      case '2006':
        this.#year = Number(this.#take(/^\d{4}/));
        break;
      case 'Jan':
        this.#month = this.#name(MONTHS, 3) + 1;
        break;
      case 'January':
        this.#month = this.#name(MONTHS) + 1;
        break;
      case '1':
      case '01':
        this.#month = this.#number(element === '01', 1, 12, 'month');
        break;
      case 'Mon':
        this.#name(DAYS, 3);
        break;
      case 'Monday':
        this.#name(DAYS);
        break;
      case '_2':
      case '2':
      case '02':
        if (element === '_2') this.#rest = this.#rest.replace(/^ /, '');
        this.#day = this.#number(element === '02');
        break;
      case '__2':
      case '002':
        if (element === '__2') this.#rest = this.#rest.replace(/^ {1,2}/, '');
        this.#yearDay = Number(this.#take(element === '002' ? /^\d{3}/ : /^\d{1,3}/));
        break;
      case '15':
        this.#hour = this.#number(false, 0, 23, 'hour');
        break;
      case '3':
      case '03':
        this.#hour = this.#number(element === '03', 0, 12, 'hour');
        break;
      case '4':
      case '04':
        this.#minute = this.#number(element === '04', 0, 59, 'minute');
        break;
      case '5':
      case '05':
        this.#second = this.#number(element === '05', 0, 59, 'second');
        // A fraction may follow though the layout has none.
        if (!/^[.,](?:0+|9+)(?![0-9])/.test(following)) this.#fraction(/^[.,]\d+/);
        break;
      case 'PM':
        this.#half = this.#take(/^(?:AM|PM)/);
        break;
      case 'pm':
        this.#half = this.#take(/^(?:am|pm)/).toUpperCase();
        break;
      case 'MST':
        this.#zoneName();
        break;
      default:
        if (/^[.,]9/.test(element)) this.#fraction(/^[.,]\d+/);
        else if (/^[.,]/.test(element)) this.#exactFraction(element.length);
        else this.#zoneOffset(element);
    }
  }

  #take(pattern: RegExp): string {
    const found = pattern.exec(this.#rest)?.[0];
    if (found === undefined) throw new Mismatch();
    this.#rest = this.#rest.slice(found.length);
    return found;
  }

  /** A number of one or two digits; `what` is told when it is not within the bounds. */
  #number(isTwoDigits: boolean, min = 0, max = 99, what = ''): number {
    const value = Number(this.#take(isTwoDigits ? /^\d{2}/ : /^\d{1,2}/));
    if (value < min || value > max) throw new OutOfRange(what);
    return value;
  }

  /** The index of the name that stands here, in any case. */
  #name(names: readonly string[], length?: number): number {
    const rest = this.#rest.toLowerCase();
    const index = names.findIndex((name) => rest.startsWith(name.slice(0, length).toLowerCase()));
    const found = names[index];
    if (found === undefined) throw new Mismatch();
    this.#rest = this.#rest.slice(found.slice(0, length).length);
    return index;
  }

  #fraction(pattern: RegExp): void {
    const found = pattern.exec(this.#rest)?.[0];
    if (found === undefined) return;
    this.#rest = this.#rest.slice(found.length);
    this.#nanosecond = Number(found.slice(1, 10).padEnd(9, '0'));
  }

  #exactFraction(length: number): void {
    const found = this.#rest.slice(0, length);
    if (found.length < length || !/^[.,]\d+$/.test(found)) throw new Mismatch();
    this.#fraction(new RegExp(`^.{${length}}`));
  }

  #zoneOffset(element: string): void {
    if (element.startsWith('Z') && this.#rest.startsWith('Z')) {
      this.#rest = this.#rest.slice(1);
      this.#isUtc = true;
      return;
    }
    const shape = element.slice(1).replaceAll('0', 'd').replaceAll('7', 'd');
    const text = this.#rest.slice(0, element.length);
    if (text.length < element.length) throw new Mismatch();
    for (let at = 1; at < element.length; at++) {
      const isFit = shape[at - 1] === ':' ? text[at] === ':' : /\d/.test(text[at] ?? '');
      if (!isFit) throw new Mismatch();
    }
    this.#rest = this.#rest.slice(element.length);
    const [hours = 0, minutes = 0, seconds = 0] = (text.match(/\d{2}/g) ?? []).map(Number);
    if (hours > 24) throw new OutOfRange('time zone offset hour');
    if (minutes > 60) throw new OutOfRange('time zone offset minute');
    if (seconds > 60) throw new OutOfRange('time zone offset second');
    if (text[0] !== '+' && text[0] !== '-') throw new Mismatch();
    this.#offset = (hours * 3600 + minutes * 60 + seconds) * (text[0] === '-' ? -1 : 1);
  }

  #zoneName(): void {
    const text = this.#rest;
    if (text.startsWith('UTC')) {
      this.#rest = text.slice(3);
      this.#isUtc = true;
      return;
    }
    const name =
      /^(?:ChST|MeST)/.exec(text)?.[0] ??
      /^GMT(?:[+-](?:2[0-3]|[01]?\d)(?!\d))?/.exec(text)?.[0] ??
      /^[+-](?:2[0-3]|[01]?\d)(?!\d)/.exec(text)?.[0] ??
      /^(?:[A-Z]{4}T|[A-Z]{3}T|WITA|[A-Z]{3})(?![A-Z])/.exec(text)?.[0];
    if (name === undefined) throw new Mismatch();
    this.#zone = name;
    this.#rest = text.slice(name.length);
  }

  #time(): GoTime {
    if (this.#half === 'PM' && this.#hour < 12) this.#hour += 12;
    else if (this.#half === 'AM' && this.#hour === 12) this.#hour = 0;
    if (this.#yearDay >= 0) this.#applyYearDay();
    const [month, day] = [this.#month < 0 ? 1 : this.#month, this.#day < 0 ? 1 : this.#day];
    const date = new Date(0);
    date.setUTCFullYear(this.#year, month - 1, day);
    if (date.getUTCMonth() !== month - 1 || day < 1) this.#fail(': day out of range');
    const seconds = date.getTime() / 1000 + this.#hour * 3600 + this.#minute * 60 + this.#second;
    const nanoseconds = (offset: number) => BigInt(seconds - offset) * SECOND + BigInt(this.#nanosecond);
    if (this.#isUtc) return { nanoseconds: nanoseconds(0), offset: 0, zone: 'UTC' };
    if (this.#offset !== undefined) {
      const offset = this.#offset;
      const isLocal = offset === 0 && (this.#zone === '' || this.#zone === 'UTC');
      return { nanoseconds: nanoseconds(offset), offset, zone: isLocal ? 'UTC' : this.#zone };
    }
    if (this.#zone === '') return { nanoseconds: nanoseconds(0), offset: 0, zone: 'UTC' };
    // The zone is not known here, so nobody can say when that is in UTC.
    const hours = this.#zone.startsWith('GMT') ? Number(this.#zone.slice(3)) : 0;
    return { nanoseconds: nanoseconds(0), offset: hours * 3600, zone: this.#zone };
  }

  #applyYearDay(): void {
    const date = new Date(0);
    date.setUTCFullYear(this.#year, 0, this.#yearDay);
    if (this.#yearDay < 1 || date.getUTCFullYear() !== this.#year) this.#fail(': day-of-year out of range');
    const [month, day] = [date.getUTCMonth() + 1, date.getUTCDate()];
    if (this.#month >= 0 && this.#month !== month) this.#fail(': day-of-year does not match month');
    if (this.#day >= 0 && this.#day !== day) this.#fail(': day-of-year does not match day');
    this.#month = month;
    this.#day = day;
  }
}
