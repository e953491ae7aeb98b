/** Times as Go formats and reads them. Without a clock or a zone of its own: local time is UTC. */

export interface GoTime {
  /** Nanoseconds since 1970. */
  readonly nanoseconds: bigint;
  /** Offset from UTC in seconds, and what the zone is called. */
  readonly offset: number;
  readonly zone: string;
}

const SECOND = 1_000_000_000n;

export function utcTime(nanoseconds: bigint): GoTime {
  return { nanoseconds, offset: 0, zone: 'UTC' };
}

export function unixSeconds({ nanoseconds }: GoTime): bigint {
  return floorDivide(nanoseconds, SECOND);
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}

/** The same moment in a zone of the IANA database; undefined when there is none of this name. */
export function inZone(time: GoTime, name: string): GoTime | undefined {
  if (name === '' || name === 'UTC' || name === 'Local') return { ...time, offset: 0, zone: 'UTC' };
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      timeZoneName: 'longOffset',
      year: 'numeric',
    });
    const moment = new Date(Number(time.nanoseconds / 1_000_000n));
    const part = format.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
    const match = /^GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(part);
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = match ?? [];
    const offset = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * (sign === '-' ? -1 : 1);
    return { ...time, offset, zone: shortName(name, moment) };
  } catch {
    return undefined;
  }
}

function shortName(zone: string, moment: Date): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' });
  const name = format.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
  const match = /^GMT([+-])(\d{1,2})(?::(\d{2}))?$/.exec(name);
  if (match === null) return name;
  return `${match[1]}${(match[2] ?? '').padStart(2, '0')}${match[3] ?? ''}`;
}

interface Fields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly yearDay: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanosecond: number;
}

function fieldsOf({ nanoseconds, offset }: GoTime): Fields {
  const seconds = floorDivide(nanoseconds, SECOND);
  const local = new Date(Number(seconds + BigInt(offset)) * 1000);
  const year = local.getUTCFullYear();
  const yearStart = Date.UTC(year, 0, 1);
  return {
    year,
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    weekday: local.getUTCDay(),
    yearDay: Math.floor((local.getTime() - yearStart) / 86_400_000) + 1,
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    nanosecond: Number(nanoseconds - seconds * SECOND),
  };
}

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The elements of a layout, longest first where one begins like another. */
const ELEMENT =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|2006|_2006|__2|002|01|02|03|04|05|06|15|PM|pm|Z07:00:00|Z070000|Z07:00|Z0700|Z07|-07:00:00|-070000|-07:00|-0700|-07|[.,]0+(?![0-9])|[.,]9+(?![0-9])|_2|1|2|3|4|5/g;

const two = (value: number) => String(value).padStart(2, '0');

/** Time.Format. */
export function formatTime(time: GoTime, layout: string): string {
  const fields = fieldsOf(time);
  return layout.replace(ELEMENT, (element) => formatElement(element, fields, time));
}

function formatElement(element: string, fields: Fields, { offset, zone }: GoTime): string {
  switch (element) {
    case 'January':
      return MONTHS[fields.month - 1] ?? '';
    case 'Jan':
      return (MONTHS[fields.month - 1] ?? '').slice(0, 3);
    case 'Monday':
      return DAYS[fields.weekday] ?? '';
    case 'Mon':
      return (DAYS[fields.weekday] ?? '').slice(0, 3);
    case 'MST':
      return zone;
    case '2006':
      return String(fields.year).padStart(4, '0');
    case '_2006':
      return `_${String(fields.year).padStart(4, '0')}`;
    case '06':
      return two(fields.year % 100);
    case '01':
      return two(fields.month);
    case '1':
      return String(fields.month);
    case '02':
      return two(fields.day);
    case '_2':
      return String(fields.day).padStart(2, ' ');
    case '2':
      return String(fields.day);
    case '002':
      return String(fields.yearDay).padStart(3, '0');
    case '__2':
      return String(fields.yearDay).padStart(3, ' ');
    case '15':
      return two(fields.hour);
    case '03':
      return two(fields.hour % 12 || 12);
    case '3':
      return String(fields.hour % 12 || 12);
    case '04':
      return two(fields.minute);
    case '4':
      return String(fields.minute);
    case '05':
      return two(fields.second);
    case '5':
      return String(fields.second);
    case 'PM':
      return fields.hour >= 12 ? 'PM' : 'AM';
    case 'pm':
      return fields.hour >= 12 ? 'pm' : 'am';
    default:
      return /^[.,]/.test(element) ? formatFraction(element, fields) : formatOffset(element, offset);
  }
}

function formatFraction(element: string, { nanosecond }: Fields): string {
  const digits = String(nanosecond)
    .padStart(9, '0')
    .slice(0, element.length - 1);
  if (element[1] === '0') return element[0] + digits;
  const trimmed = digits.replace(/0+$/, '');
  return trimmed === '' ? '' : element[0] + trimmed;
}

function formatOffset(element: string, offset: number): string {
  if (element.startsWith('Z') && offset === 0) return 'Z';
  const magnitude = Math.abs(offset);
  const [hours, minutes, seconds] = [
    Math.floor(magnitude / 3600),
    Math.floor((magnitude % 3600) / 60),
    magnitude % 60,
  ];
  const colon = element.includes(':') ? ':' : '';
  let text = (offset < 0 ? '-' : '+') + two(hours);
  if (element.length > 3) text += colon + two(minutes);
  if (element.length > 6) text += colon + two(seconds);
  return text;
}

/** Time.String. */
export function timeString(time: GoTime): string {
  return formatTime(time, '2006-01-02 15:04:05.999999999 -0700 MST');
}

const READERS: Record<string, string> = {
  '2006': '(?<year>\\d{4})',
  '06': '(?<shortYear>\\d{2})',
  January: `(?<monthName>${MONTHS.join('|')})`,
  Jan: `(?<monthShort>${MONTHS.map((month) => month.slice(0, 3)).join('|')})`,
  Monday: `(?:${DAYS.join('|')})`,
  Mon: `(?:${DAYS.map((day) => day.slice(0, 3)).join('|')})`,
  '01': '(?<month>\\d{2})',
  '1': '(?<month>\\d{1,2})',
  '02': '(?<day>\\d{2})',
  _2: ' ?(?<day>\\d{1,2})',
  '2': '(?<day>\\d{1,2})',
  '15': '(?<hour>\\d{1,2})',
  '03': '(?<hour12>\\d{2})',
  '3': '(?<hour12>\\d{1,2})',
  '04': '(?<minute>\\d{2})',
  '4': '(?<minute>\\d{1,2})',
  '05': '(?<second>\\d{2})(?<fraction>[.,]\\d+)?',
  '5': '(?<second>\\d{1,2})(?<fraction>[.,]\\d+)?',
  PM: '(?<half>AM|PM)',
  pm: '(?<half>am|pm)',
  MST: '(?<zone>[A-Z]{3,4}|[+-]\\d{2,4})',
};

/** Time.Parse: undefined when the text does not follow the layout. */
export function parseTime(layout: string, text: string): GoTime | undefined {
  const seen = new Set<string>();
  let pattern = '';
  let end = 0;
  for (const match of layout.matchAll(ELEMENT)) {
    pattern += escapeRegExp(layout.slice(end, match.index));
    end = match.index + match[0].length;
    pattern += readerOf(match[0], seen);
  }
  pattern += escapeRegExp(layout.slice(end));
  const groups = new RegExp(`^${pattern}$`).exec(text)?.groups;
  return groups === undefined ? undefined : timeOf(groups);
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function readerOf(element: string, seen: Set<string>): string {
  let reader = READERS[element];
  if (reader === undefined) {
    if (/^[.,]/.test(element)) reader = seen.has('fraction') ? '' : '(?<fraction>[.,]\\d+)?';
    else if (element.startsWith('Z')) reader = '(?<offset>Z|[+-]\\d{2}:?\\d{0,2}(?::?\\d{2})?)';
    else if (element.startsWith('-')) reader = '(?<offset>[+-]\\d{2}:?\\d{0,2}(?::?\\d{2})?)';
    else reader = '\\d+';
  }
  // A name may stand once in a JavaScript pattern; a repeated element is read but not used.
  return reader.replace(/\(\?<(\w+)>/g, (group, name: string) => {
    if (seen.has(name)) return '(?:';
    seen.add(name);
    return group;
  });
}

function timeOf(groups: Record<string, string | undefined>): GoTime | undefined {
  const number = (name: string, fallback: number) => Number(groups[name] ?? fallback);
  const shortYear = number('shortYear', 0);
  const year =
    groups.shortYear === undefined ? number('year', 0) : shortYear + (shortYear >= 69 ? 1900 : 2000);
  let month = number('month', 1);
  if (groups.monthName !== undefined) month = MONTHS.indexOf(groups.monthName) + 1;
  if (groups.monthShort !== undefined) {
    month = MONTHS.findIndex((name) => name.startsWith(groups.monthShort ?? '')) + 1;
  }
  const day = number('day', 1);
  let hour = number('hour', 0);
  if (groups.hour12 !== undefined) {
    hour = (number('hour12', 0) % 12) + (groups.half?.toLowerCase() === 'pm' ? 12 : 0);
  }
  const [minute, second] = [number('minute', 0), number('second', 0)];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isReal || hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = readOffset(groups.offset ?? 'Z');
  const seconds = BigInt(date.getTime() / 1000 + hour * 3600 + minute * 60 + second - offset);
  const fraction = BigInt((groups.fraction ?? '.').slice(1, 10).padEnd(9, '0'));
  const zone = groups.zone ?? (offset === 0 ? 'UTC' : '');
  return { nanoseconds: seconds * SECOND + fraction, offset, zone };
}

function readOffset(text: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?:?(\d{2})?$/.exec(text);
  if (match === null) return 0;
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = match;
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * (sign === '-' ? -1 : 1);
}
