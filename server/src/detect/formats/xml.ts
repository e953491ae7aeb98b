import { type QuoteType, Tokenizer } from 'htmlparser2';
import { type Field, type FieldRecord, type Locate, type SourceText, shifted } from '../fields.ts';

/**
 * Reads XML into records: an element with others inside is a record; texts and attributes are fields. The tokens come from htmlparser2,
 * which gives their offsets and takes broken input.
 *
 * Attributes named `value` or `extension` stand for the text of their element, as FHIR and C-CDA write them; others are fields of their own.
 */
export function readXml(source: SourceText, keys: readonly string[]): FieldRecord[] {
  const reader = new XmlReader(source, keys);
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: true }, reader);
  tokenizer.write(source.text);
  tokenizer.end();
  return reader.records.filter(({ fields }) => fields.length > 0);
}

export function looksLikeXml(text: string): boolean {
  return /^\s*<(?:\?xml|!--|!DOCTYPE|[A-Za-z_][\w:.-]*[\s/>])/.test(text) && text.includes('>');
}

interface Element {
  readonly name: string;
  readonly record: FieldRecord;
  readonly pieces: Piece[];
  /** What `<property name="...">` calls its content. */
  label?: string;
}

/** A stretch of text that is written as it is, or one character that an entity stands for. */
interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const MAX_DEPTH = 400;

/** Attributes in which FHIR and C-CDA keep the element's content. */
const CONTENT_ATTRIBUTES = new Set(['value', 'extension', 'V']);

/** Attributes that name the content: `<property name="password" value="..."/>`. */
const NAMING_ATTRIBUTES = new Set(['name', 'key']);

function contentKeys({ record, label }: Element): readonly string[] {
  return label === undefined ? record.keys : [...record.keys.slice(0, -1), label];
}

class XmlReader {
  readonly records: FieldRecord[] = [];
  readonly #source: SourceText;
  readonly #elements: Element[];
  #attribute = '';
  #attributePieces: Piece[] = [];
  #entityStart = 0;

  constructor(source: SourceText, keys: readonly string[]) {
    this.#source = source;
    const root: FieldRecord = { fields: [], nature: 'object', keys };
    this.records.push(root);
    this.#elements = [{ name: '', record: root, pieces: [] }];
  }

  onopentagname(start: number, end: number): void {
    const parent = this.#innermost();
    const name = localName(this.#source.text.slice(start, end));
    const record: FieldRecord = {
      fields: [],
      nature: 'object',
      keys: [...parent.record.keys, name],
      parent: parent.record,
    };
    this.records.push(record);
    if (this.#elements.length < MAX_DEPTH) this.#elements.push({ name, record, pieces: [] });
  }

  onattribname(start: number, end: number): void {
    this.#attribute = localName(this.#source.text.slice(start, end));
    this.#attributePieces = [];
    this.#entityStart = end + 2;
  }

  onattribdata(start: number, end: number): void {
    this.#attributePieces.push(this.#piece(start, end));
    this.#entityStart = end;
  }

  onattribentity(codepoint: number): void {
    const end = this.#source.text.indexOf(';', this.#entityStart) + 1;
    this.#attributePieces.push({ text: String.fromCodePoint(codepoint), start: this.#entityStart, end });
    this.#entityStart = end;
  }

  onattribend(_quote: QuoteType, _end: number): void {
    const element = this.#innermost();
    const { record } = element;
    if (NAMING_ATTRIBUTES.has(this.#attribute))
      element.label = this.#attributePieces.map(({ text }) => text).join('');
    const isContent = CONTENT_ATTRIBUTES.has(this.#attribute);
    // The content of an element is a field of the record around it, named after the element.
    this.#addField(
      isContent ? (record.parent ?? record) : record,
      isContent ? contentKeys(element) : [...record.keys, this.#attribute],
      this.#attributePieces,
    );
  }

  ontext(start: number, end: number): void {
    this.#innermost().pieces.push(this.#piece(start, end));
    this.#entityStart = end;
  }

  ontextentity(codepoint: number, end: number): void {
    const { pieces } = this.#innermost();
    const start = pieces.at(-1)?.end ?? end;
    pieces.push({ text: String.fromCodePoint(codepoint), start: Math.min(start, end), end });
  }

  oncdata(start: number, end: number, _offset: number): void {
    this.#innermost().pieces.push(this.#piece(start, end));
  }

  oncomment(_start: number, _end: number, _offset: number): void {}
  ondeclaration(_start: number, _end: number): void {}
  onprocessinginstruction(_start: number, _end: number): void {}
  onopentagend(_end: number): void {}

  onselfclosingtag(_end: number): void {
    this.#close();
  }

  onclosetag(start: number, end: number): void {
    const name = localName(this.#source.text.slice(start, end));
    // A closing tag of no open element is passed over.
    if (!this.#elements.some((element) => element.name === name)) return;
    while (this.#elements.length > 1 && this.#innermost().name !== name) this.#close();
    this.#close();
  }

  onend(): void {
    while (this.#elements.length > 1) this.#close();
  }

  #close(): void {
    if (this.#elements.length < 2) return;
    const element = this.#elements.pop();
    if (element !== undefined)
      this.#addField(element.record.parent ?? element.record, contentKeys(element), element.pieces);
  }

  #innermost(): Element {
    return this.#elements.at(-1) as Element;
  }

  #piece(start: number, end: number): Piece {
    return { text: this.#source.text.slice(start, end), start, end };
  }

  #addField(record: FieldRecord, keys: readonly string[], pieces: readonly Piece[]): void {
    const joined = pieces.map(({ text }) => text).join('');
    const text = joined.trim();
    if (text === '') return;
    const skipped = joined.length - joined.trimStart().length;
    const field: Field = { keys, text, locate: locateIn(pieces, skipped, this.#source.locate) };
    record.fields.push(field);
  }
}

function locateIn(pieces: readonly Piece[], skipped: number, outer: Locate): Locate {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return shifted(only.start + skipped, outer);
  return (offset) => {
    let left = offset + skipped;
    for (const piece of pieces) {
      if (left < piece.text.length) return outer(piece.start + left);
      left -= piece.text.length;
    }
    return outer(pieces.at(-1)?.end ?? 0);
  };
}

/** The name without its namespace prefix. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
