export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'blue' | 'green' | 'underline';

/** Select Graphic Rendition codes of ECMA-48: on, off. */
const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  underline: [4, 24],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
};

export type Paint = (style: Style, text: string) => string;

/** Styles text for a terminal, or leaves it plain. */
export function painter(colour: boolean): Paint {
  if (!colour) return (_style, text) => text;
  return (style, text) => {
    const [on, off] = CODES[style];
    return `\u001b[${on}m${text}\u001b[${off}m`;
  };
}

/** Replaces control characters, which could otherwise steer the terminal that shows a file's text. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) =>
    character === '\t' ? ' ' : '\ufffd',
  );
}
