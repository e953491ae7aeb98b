/** The lines around these places, ascending and without overlaps, but for lines of data. */
export function linesAround(
  text: string,
  places: readonly { readonly start: number }[],
): { start: number; end: number }[] {
  const lines: { start: number; end: number }[] = [];
  let reached = 0;
  for (const { start } of [...places].sort((a, b) => a.start - b.start)) {
    if (start < reached) continue;
    const around = lineAndNeighbours(text, start);
    reached = around.end;
    const last = lines.at(-1);
    const from = Math.max(around.start, last?.end ?? 0);
    if (!isData(text.slice(from, around.end))) lines.push({ start: from, end: around.end });
  }
  return lines;
}

/** A sentence goes on in the next line, and a note has a line for each value. */
function lineAndNeighbours(text: string, offset: number): { start: number; end: number } {
  let start = offset === 0 ? -1 : text.lastIndexOf('\n', offset - 1);
  if (start > 0) start = text.lastIndexOf('\n', start - 1);
  let end = text.indexOf('\n', offset);
  if (end !== -1) end = text.indexOf('\n', end + 1);
  return { start: start + 1, end: end === -1 ? text.length : end };
}

const LONGEST = 1000;

/** In data that is long or delimited, a line is no sign of belonging together; its own readers know better. */
function isData(lines: string): boolean {
  return lines.length > LONGEST || /^\s*[[{<]|":|(?:[,|\t;][^,|\t;\n]*){4}/.test(lines);
}
