import { describe, expect, test } from 'vitest';
import { detectPhi } from '../../server/src/detect/index.ts';
import { readCorpus } from './corpus.ts';

const positives = readCorpus('positives');
const negatives = readCorpus('negatives');
const LEAST_RECALL = 0.97;

describe('the corpus', () => {
  test('is large enough to mean something', () => {
    const marks = positives.flatMap(({ marks }) => marks);
    expect(marks.length).toBeGreaterThanOrEqual(300);
    expect(new Set(marks.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(26);
    expect(negatives.length).toBeGreaterThanOrEqual(500);
  });

  test('holds hardly a value that is missed', () => {
    const missed = positives.flatMap(({ text, context, marks, file, line }) => {
      const found = detectPhi(text, context);
      return marks
        .filter(
          (mark) =>
            !found.some(
              ({ kind, start, end }) => kind === mark.kind && start === mark.start && end === mark.end,
            ),
        )
        .map(({ kind, start, end }) => `${file}:${line} ${kind} ${text.slice(start, end)}`);
    });
    const wanted = positives.reduce((sum, { marks }) => sum + marks.length, 0);
    expect(missed.slice(0, Math.floor(wanted * (1 - LEAST_RECALL)))).toEqual(missed);
  });

  test('holds nothing that is found beside the marks', () => {
    const wrong = [...positives, ...negatives].flatMap(({ text, context, marks, file, line }) =>
      detectPhi(text, context)
        .filter(({ start, end }) => !marks.some((mark) => start < mark.end && mark.start < end))
        .map(({ kind, start, end }) => `${file}:${line} ${kind} ${text.slice(start, end)}`),
    );
    expect(wrong).toEqual([]);
  });

  test('is never repeated by a detection', () => {
    for (const { text, context, file, line } of positives) {
      for (const { start, end, ...said } of detectPhi(text, context)) {
        const value = text.slice(start, end);
        if (value.length < 5) continue;
        expect(JSON.stringify(said), `${file}:${line}`).not.toContain(value);
      }
    }
  });
});
