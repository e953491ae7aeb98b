const SECONDS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

const ISO = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const ISO_SECONDS = [31_536_000, 2_592_000, 604_800, 86_400, 3600, 60, 1];

/**
 * The length of a duration in seconds: Go's `1h30m`, Prometheus' `15d` and `6y`, ISO 8601's `P6Y`. A bare `0` is a duration too; other bare numbers
 * have a unit that only their field knows, so they give undefined, as does everything that is no duration. A year counts 365 days, a month 30.
 */
export function secondsOf(text: string): number | undefined {
  if (text === '0') return 0;
  const iso = text === 'P' ? null : ISO.exec(text);
  if (iso !== null)
    return ISO_SECONDS.reduce((sum, seconds, index) => sum + seconds * Number(iso[index + 1] ?? 0), 0);
  if (!/^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|[smhdwy]))+$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|[smhdwy])/g))
    seconds += Number(amount) * (SECONDS[unit ?? ''] ?? 0);
  return seconds;
}
