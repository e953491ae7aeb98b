/** Times as Go formats them. Without a clock or a zone of its own: local time is UTC. */

export interface GoTime {
  /** Nanoseconds since 1970. */
  readonly nanoseconds: bigint;
  /** Offset from UTC in seconds, and what the zone is called. */
  readonly offset: number;
  readonly zone: string;
}

export const SECOND = 1_000_000_000n;

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

/** The calendar begins again every 400 years, so times that a Date cannot hold are moved to where it can. */
const CYCLE = 146_097n * 86_400n;

function fieldsOf({ nanoseconds, offset }: GoTime): Fields {
  const seconds = floorDivide(nanoseconds, SECOND);
  const localSeconds = seconds + BigInt(offset);
  const cycles = floorDivide(localSeconds, CYCLE);
  const local = new Date(Number(localSeconds - cycles * CYCLE) * 1000);
  const yearStart = Date.UTC(local.getUTCFullYear(), 0, 1);
  return {
    year: local.getUTCFullYear() + 400 * Number(cycles),
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

export const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
export const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The elements of a layout, longest first where one begins like another. Source: `nextStdChunk` in time/format.go. */
export const LAYOUT_ELEMENT =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|2006|_2006|__2|002|01|02|03|04|05|06|15|PM|pm|Z07:00:00|Z070000|Z07:00|Z0700|Z07|-07:00:00|-070000|-07:00|-0700|-07|[.,]0+(?![0-9])|[.,]9+(?![0-9])|_2|1|2|3|4|5/g;

const two = (value: number) => String(value).padStart(2, '0');

/** Time.Format. */
export function formatTime(time: GoTime, layout: string): string {
  const fields = fieldsOf(time);
  return layout.replace(LAYOUT_ELEMENT, (element) => formatElement(element, fields, time));
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
      return zone === '' ? formatOffset('-0700', offset) : zone;
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
