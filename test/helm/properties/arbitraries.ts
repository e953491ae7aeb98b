import fc from 'fast-check';

/** Each property is tried on so many generated cases, in one run of helm. Another seed is another run. */
export const RUNS = 400;
const SEED = Number(process.env.HELM_PROPERTY_SEED ?? 20260101);

export function sample<T>(arbitrary: fc.Arbitrary<T>, runs = RUNS): T[] {
  return fc.sample(arbitrary, { seed: SEED, numRuns: runs });
}

/** A Go string literal. JSON escapes the same, but for the slash that it never writes. */
export const literal = (text: string) => JSON.stringify(text).replaceAll('\u007f', '\\u007f');

const words = (text: string) => text.split(' ');

/** Texts that are odd to YAML. */
export const ODD_TEXTS = [
  ...['', ' ', 'a b', ' lead', 'trail ', '- x', 'a: b', 'a #b', '? x', '\ta', 'a\tb', 'a\r\nb'],
  ...words('#a true yes y N null ~ 1 1e3 0x1F 0o7 08 1_000 12:30 2020-01-01 2020-1-1 .5 +1 1. .inf 0b1'),
  ...words('= << 1e 1.2.3 a\\b x\'y "q" 1,2 :x x: [a {a *a &a !a %a @a `a | > ? - --- ... -a'),
  ...['a\nb', '\na', 'a\n', 'a\n\n', ' a\nb', 'a \nb', 'a\n b', '\n', 'é☃', '😀', '\u0001', '\u0085'],
  ...['\u2028', '\ufeff', '#'.repeat(3), 'x'.repeat(90), 'word '.repeat(30)],
  ...['two  spaces '.repeat(12), "it's a ".repeat(20)],
];

const text = fc.oneof(
  fc.constantFrom(...ODD_TEXTS),
  fc.string({ maxLength: 12 }),
  fc
    .array(fc.constantFrom(...'ab- :#\'"\n01.e_/[,é'), { maxLength: 14 })
    .map((characters) => characters.join('')),
);
const number = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.constantFrom(
    ...words('1e6 1e7 1e15 1e20 1e21 1e-5 1e-7 0.1 1.5 123456.789 1234567.5 9007199254740992 -0.001').map(
      Number,
    ),
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
);
const key = fc.oneof(fc.constantFrom(...words('a b a1 a2 a10 B _x y on 1 a-b a.b a/b é z 10 9')), text);
/** Values that JSON can say. */
export const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5 }),
  ),
})).value as fc.Arbitrary<unknown>;
