/** Classes of characters in YAML 1.1, by UTF-16 code unit; the end of the text reads as NaN. Source: yamlprivateh.go of goyaml.v2. */

export function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09;
}

export function isBreak(unit: number): boolean {
  return unit === 0x0a || unit === 0x0d || unit === 0x85 || unit === 0x2028 || unit === 0x2029;
}

export function isBreakOrEnd(unit: number): boolean {
  return (
    unit === 0x0a ||
    Number.isNaN(unit) ||
    unit === 0x0d ||
    unit === 0x85 ||
    unit === 0x2028 ||
    unit === 0x2029
  );
}

export function isBlankOrEnd(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || isBreakOrEnd(unit);
}

export function isFlowIndicator(unit: number): boolean {
  // , ? [ ] { }
  return unit === 0x2c || unit === 0x3f || unit === 0x5b || unit === 0x5d || unit === 0x7b || unit === 0x7d;
}
