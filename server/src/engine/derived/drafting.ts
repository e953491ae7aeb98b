import type { AddDocumentOperation } from '../../rules/rule.ts';
import { layoutOf } from '../../syntax/edit/layout.ts';
import type { DocumentOperation } from '../../syntax/edit/operations.ts';
import { renderBlock } from '../../syntax/edit/render.ts';
import { Drafter } from './drafts.ts';
import { type Draft, type EditedFiles, textOf } from './edited-files.ts';
import { Locator } from './locate.ts';
import { namedAsTyped, RELEASE_WORDS, type Target } from './release-names.ts';
import type { Derivation } from './source-map.ts';
import { type FileEdits, TypedEdits } from './typed-edits.ts';
import { TypedFiles } from './typed-files.ts';

/** What could be typed so that derived documents become what is wanted, the likeliest first, in one state of the files. None of it is proven. */
export class Drafting {
  readonly files: TypedFiles;
  readonly locator: Locator;
  readonly drafter: Drafter;
  readonly #derivation: Derivation;

  constructor(derivation: Derivation, state: EditedFiles) {
    this.#derivation = derivation;
    this.files = new TypedFiles((file) => textOf(file, state, derivation));
    this.locator = new Locator(derivation, this.files);
    const typed = new TypedEdits(derivation, this.files);
    this.drafter = new Drafter(derivation, this.files, this.locator, typed);
  }

  /** Drafts of a change of a document. */
  forChange(operation: DocumentOperation, target: Target): Draft[] {
    const drafts = this.drafter.draftsFor(operation, target);
    return drafts.flatMap((draft) => this.#named(draft, target).map((each) => [each]));
  }

  /** Drafts of a document more: in the file of the one that asks for it, in those beside it, or in a new one. */
  forDocument({ value, comment }: AddDocumentOperation, target: Target): Draft[] {
    const { name, file, map } = target.derived;
    // Behind a condition that holds for the whole file, the new document would be there without it.
    if (map.conditionsAt(0).length > 0) return [];
    const lines = comment === undefined ? '' : `# ${comment.replaceAll('\n', '\n# ')}\n`;
    const blocks = (this.#derivation.asTyped?.(value, name) ?? [value]).map(
      (each) => `${lines}${renderBlock(each, 0, layoutOf(target.parsed))}\n`,
    );
    const draftsIn = (place: string, text: string, more: Draft) =>
      blocks.flatMap((block) => {
        const drafts = this.#named({ file: place, edits: [appended(text, block)] }, target);
        return drafts.map((draft) => [draft, ...more]);
      });
    const beside = this.#derivation.filesBeside?.(name).slice(0, 1) ?? [];
    const inFiles = [file, ...beside].flatMap((place) => {
      const text = this.files.text(place);
      return text === undefined || !this.#derivation.isOwn(place) ? [] : draftsIn(place, text, []);
    });
    const textOfFile = (each: string) => this.files.text(each);
    const made = beside.length > 0 ? undefined : this.#derivation.newFileFor?.(name, textOfFile);
    if (made === undefined) return inFiles;
    return [...inFiles, ...draftsIn(made.file, textOfFile(made.file) ?? '', made.mentions)];
  }

  /** The draft with names as its template writes them; none where one would be written down that an installation decides. */
  #named(draft: FileEdits, target: Target): FileEdits[] {
    if (!draft.edits.some(({ newText }) => RELEASE_WORDS.test(newText))) return [draft];
    if (draft.file.endsWith('values.yaml')) return [];
    const edits = draft.edits.map((edit) => ({
      ...edit,
      newText: namedAsTyped(edit.newText, target, this.locator, this.files),
    }));
    return edits.some(({ newText }) => RELEASE_WORDS.test(newText)) ? [] : [{ ...draft, edits }];
  }
}

/** A document at the end of a file. */
function appended(text: string, block: string) {
  const head = text === '' ? '' : text.endsWith('\n') ? '---\n' : '\n---\n';
  return { range: { start: text.length, end: text.length }, newText: `${head}${block}` };
}
