import { RE2JS } from 're2js';
import { groupOf } from '../kubernetes/resource.ts';
import { type MapNode, type Node, textOf } from './node.ts';
import { BuildError } from './problems.ts';
import {
  type BuildResource,
  effectiveNamespace,
  metadataTexts,
  type ResourceId,
  versionOf,
} from './resource.ts';

/** Whether a text matches a pattern as a whole; an absent pattern matches everything. */
type Matcher = (text: string) => boolean;

/** Says which resources a patch or a replacement is for. Kinds, names and namespaces are regular expressions. */
export class Selector {
  readonly #group: Matcher;
  readonly #version: Matcher;
  readonly #kind: Matcher;
  readonly #name: Matcher;
  readonly #namespace: Matcher;
  readonly #labels: LabelMatcher;
  readonly #annotations: LabelMatcher;

  /** @throws {BuildError} when an expression is none */
  constructor(target: MapNode) {
    const matcher = (field: string) => matcherOf(target.get(field));
    this.#group = matcher('group');
    this.#version = matcher('version');
    this.#kind = matcher('kind');
    this.#name = matcher('name');
    this.#namespace = matcher('namespace');
    this.#labels = labelMatcherOf(target.get('labelSelector'));
    this.#annotations = labelMatcherOf(target.get('annotationSelector'));
  }

  /** Whether a resource is selected by its present or its original name and namespace. */
  selects(resource: BuildResource): boolean {
    const { id, originalId } = resource;
    return (
      (this.#namespace(effectiveNamespace(originalId)) || this.#namespace(effectiveNamespace(id))) &&
      (this.#name(originalId.name) || this.#name(id.name)) &&
      this.#selectsKind(id) &&
      this.selectsMetadata(resource)
    );
  }

  selectsMetadata({ root }: BuildResource): boolean {
    return (
      this.#labels(metadataTexts(root, 'labels')) && this.#annotations(metadataTexts(root, 'annotations'))
    );
  }

  #selectsKind({ apiVersion, kind }: ResourceId): boolean {
    return this.#kind(kind) && this.#group(groupOf(apiVersion)) && this.#version(versionOf(apiVersion));
  }
}

function matcherOf(pattern: Node | undefined): Matcher {
  const text = textOf(pattern) ?? '';
  if (text === '') return () => true;
  if (/^[\w-]*$/.test(text)) return (candidate) => candidate === text;
  try {
    const expression = RE2JS.compile(`^(?:${text})$`);
    return (candidate) => expression.matcher(candidate).find();
  } catch {
    throw new BuildError('invalid', 'This is no regular expression.', pattern?.trace);
  }
}

type LabelMatcher = (labels: ReadonlyMap<string, string>) => boolean;

const SET = /^([^\s!=,()]+)\s+(in|notin)\s*\(([^()]*)\)$/;
const COMPARISON = /^([^\s!=,()]+)\s*(==|=|!=)\s*([^\s!=,()]*)$/;
const EXISTENCE = /^(!?)\s*([^\s!=,()]+)$/;

/** Reads a label selector in its text form: `app=web,tier in (a, b),!canary`. */
function labelMatcherOf(selector: Node | undefined): LabelMatcher {
  const text = (textOf(selector) ?? '').trim();
  if (text === '') return () => true;
  const matchers = requirementsIn(text).map((requirement) => requirementMatcher(requirement, selector));
  return (labels) => matchers.every((matches) => matches(labels));
}

/** Splits at the commas that stand outside of parentheses. */
function requirementsIn(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '(') depth++;
    else if (text[index] === ')') depth--;
    else if (text[index] === ',' && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, text.slice(start)].map((part) => part.trim());
}

function requirementMatcher(requirement: string, selector: Node | undefined): LabelMatcher {
  const [, setKey = '', operator, list = ''] = SET.exec(requirement) ?? [];
  if (operator !== undefined) {
    const values = new Set(list.split(',').map((value) => value.trim()));
    const isIn = (labels: ReadonlyMap<string, string>) =>
      values.has(labels.get(setKey) ?? '') && labels.has(setKey);
    return operator === 'in' ? isIn : (labels) => !isIn(labels);
  }
  const [, key = '', comparison, value = ''] = COMPARISON.exec(requirement) ?? [];
  if (comparison !== undefined) {
    return (labels) => (labels.get(key) === value) === (comparison !== '!=');
  }
  const [, not, existing = ''] = EXISTENCE.exec(requirement) ?? [];
  if (not === undefined) throw new BuildError('invalid', 'This is no label selector.', selector?.trace);
  return (labels) => labels.has(existing) === (not === '');
}
