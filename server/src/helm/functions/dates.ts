import { formatDuration, parseDuration, SECOND } from '../go/duration.ts';
import { formatTime, type GoTime, inZone, timeString, unixSeconds, utcTime } from '../go/time.ts';
import { parseTime } from '../go/time-parse.ts';
import { TimeParseError } from '../go/time-problem.ts';
import { FunctionError } from '../template/errors.ts';
import { type CallContext, fn, type TemplateFunction } from '../template/signature.ts';
import { joinTraces, type Trace } from '../trace/origin.ts';
import { type GoValue, Int, Native, type NativeType, Str, tracesOf } from '../value/value.ts';
import { bool, int } from './support.ts';

class TimeType implements NativeType {
  readonly typeName = 'time.Time';
  readonly kindName = 'struct';
  readonly time: GoTime;
  readonly #trace: Trace;

  constructor(time: GoTime, trace: Trace) {
    this.time = time;
    this.#trace = trace;
  }

  format(): string {
    return timeString(this.time);
  }

  toJson(): GoValue {
    return new Str(formatTime(this.time, '2006-01-02T15:04:05.999999999Z07:00'), this.#trace);
  }

  method(name: string) {
    const answer = (value: GoValue) => ({ params: [], call: () => value });
    const number = (layout: string) => answer(int(Number(formatTime(this.time, layout)), this.#trace));
    switch (name) {
      case 'Unix':
        return answer(new Int(unixSeconds(this.time), 'int64', this.#trace));
      case 'UnixNano':
        return answer(new Int(this.time.nanoseconds, 'int64', this.#trace));
      case 'UnixMilli':
        return answer(new Int(this.time.nanoseconds / 1_000_000n, 'int64', this.#trace));
      case 'Format':
        return {
          params: ['string'] as const,
          call: ([layout]: readonly GoValue[]) =>
            new Str(formatTime(this.time, layout?.kind === 'string' ? layout.text : ''), this.#trace),
        };
      case 'String':
        return answer(new Str(this.format(), this.#trace));
      case 'UTC':
        return answer(timeValue(utcTime(this.time.nanoseconds), this.#trace));
      case 'Year':
        return number('2006');
      case 'Month':
        return answer(new Str(formatTime(this.time, 'January'), this.#trace));
      case 'Day':
        return number('2');
      case 'Hour':
        return number('15');
      case 'Minute':
        return number('4');
      case 'Second':
        return number('5');
      case 'YearDay':
        return number('002');
      case 'Weekday':
        return answer(new Str(formatTime(this.time, 'Monday'), this.#trace));
      case 'IsZero':
        return answer(bool(this.time.nanoseconds === ZERO_TIME.nanoseconds, this.#trace));
      default:
        return undefined;
    }
  }
}

/** Go's zero time: year 1. */
const ZERO_TIME = utcTime(-62_135_596_800n * SECOND);

function timeValue(time: GoTime, trace: Trace): Native {
  return new Native(new TimeType(time, trace), trace);
}

function timeOf(value: GoValue): GoTime | undefined {
  return value.kind === 'native' && value.native instanceof TimeType ? value.native.time : undefined;
}

function now(context: CallContext): { time: GoTime; trace: Trace } {
  return {
    time: utcTime(BigInt(Math.trunc(context.now)) * 1_000_000n),
    trace: context.generatedTrace('now'),
  };
}

/** Sprig takes a time or Unix seconds; anything else is now. */
function toTime(context: CallContext, value: GoValue): { time: GoTime; trace: Trace } {
  const time = timeOf(value);
  if (time !== undefined) return { time, trace: value.trace };
  if (value.kind === 'int' && (value.type === 'int' || value.type === 'int64')) {
    return { time: utcTime(value.value * SECOND), trace: value.trace };
  }
  return now(context);
}

function dateInZone(context: CallContext, layout: Str, value: GoValue, zone: Str | undefined): Str {
  const { time, trace } = toTime(context, value);
  const zoned = (zone === undefined ? undefined : inZone(time, zone.text)) ?? utcTime(time.nanoseconds);
  return new Str(formatTime(zoned, layout.text), joinTraces(trace, layout.trace));
}

function modify(change: Str, value: GoValue): GoValue | TimeParseError {
  const time = timeOf(value) ?? ZERO_TIME;
  const duration = attempt(() => parseDuration(change.text));
  if (duration instanceof TimeParseError) return duration;
  return timeValue({ ...time, nanoseconds: time.nanoseconds + duration }, tracesOf([value, change]));
}

function mustModify(name: string): TemplateFunction {
  return fn(name, ['string', 'time'], (_, change, time) => {
    const modified = modify(change, time);
    if (modified instanceof TimeParseError) throw new FunctionError(modified.message);
    return modified;
  });
}

/** What cannot be read is told, or made an error, by who asks. */
function attempt<T>(parse: () => T): T | TimeParseError {
  try {
    return parse();
  } catch (error) {
    if (error instanceof TimeParseError) return error;
    throw error;
  }
}

const HTML_DATE = new Str('2006-01-02', []);

/** Sprig's dates. `now` is the moment that the rendering is given. */
export const DATE_FUNCTIONS: readonly TemplateFunction[] = [
  fn('now', [], (context) => {
    const { time, trace } = now(context);
    return timeValue(time, trace);
  }),
  fn('date', ['string', 'value'], (context, layout, value) => dateInZone(context, layout, value, undefined)),
  fn('htmlDate', ['value'], (context, value) => dateInZone(context, HTML_DATE, value, undefined)),
  fn('htmlDateInZone', ['value', 'string'], (context, value, zone) =>
    dateInZone(context, HTML_DATE, value, zone),
  ),
  ...['dateInZone', 'date_in_zone'].map((name) =>
    fn(name, ['string', 'value', 'string'], (context, layout, value, zone) =>
      dateInZone(context, layout, value, zone),
    ),
  ),
  ...['dateModify', 'date_modify'].map((name) =>
    fn(name, ['string', 'time'], (_, change, time) => {
      const modified = modify(change, time);
      return modified instanceof TimeParseError ? time : modified;
    }),
  ),
  mustModify('mustDateModify'),
  mustModify('must_date_modify'),
  fn('toDate', ['string', 'string'], (_, layout, text) => {
    const time = attempt(() => parseTime(layout.text, text.text));
    return timeValue(time instanceof TimeParseError ? ZERO_TIME : time, text.trace);
  }),
  fn('mustToDate', ['string', 'string'], (_, layout, text) => {
    const time = attempt(() => parseTime(layout.text, text.text));
    if (time instanceof TimeParseError) throw new FunctionError(time.message);
    return timeValue(time, text.trace);
  }),
  fn(
    'unixEpoch',
    ['time'],
    (_, time) => new Str(unixSeconds(timeOf(time) ?? ZERO_TIME).toString(), time.trace),
  ),
  fn('ago', ['value'], (context, value) => {
    const { time } = toTime(context, value);
    const { time: current, trace } = now(context);
    const elapsed = current.nanoseconds - time.nanoseconds;
    const rounded = ((elapsed + SECOND / 2n) / SECOND) * SECOND;
    return new Str(formatDuration(rounded), joinTraces(trace, value.trace));
  }),
  fn('duration', ['value'], (_, value) => {
    let seconds = 0n;
    if (value.kind === 'int' && value.type === 'int64') seconds = value.value;
    if (value.kind === 'string' && /^[+-]?[0-9]{1,18}$/.test(value.text)) {
      seconds = BigInt(value.text.replace('+', ''));
    }
    return new Str(formatDuration(BigInt.asIntN(64, seconds * SECOND)), value.trace);
  }),
  fn('durationRound', ['value'], (context, value) => {
    let duration = 0n;
    if (value.kind === 'string') duration = durationOf(value.text);
    else if (value.kind === 'int' && value.type === 'int64') duration = value.value;
    else {
      const time = timeOf(value);
      if (time !== undefined) duration = now(context).time.nanoseconds - time.nanoseconds;
    }
    return new Str(roundedDuration(duration < 0n ? -duration : duration), value.trace);
  }),
];

function durationOf(text: string): bigint {
  const duration = attempt(() => parseDuration(text));
  return duration instanceof TimeParseError ? 0n : duration;
}

const HOUR = 3600n * SECOND;
const UNITS: readonly (readonly [bigint, string])[] = [
  [HOUR * 24n * 365n, 'y'],
  [HOUR * 24n * 30n, 'mo'],
  [HOUR * 24n, 'd'],
  [HOUR, 'h'],
  [60n * SECOND, 'm'],
  [SECOND, 's'],
];

/** The largest unit that fits: `3mo`, `2d`. */
function roundedDuration(duration: bigint): string {
  for (const [unit, name] of UNITS) if (duration > unit) return `${duration / unit}${name}`;
  return '0s';
}
