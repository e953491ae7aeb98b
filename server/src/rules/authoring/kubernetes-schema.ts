import type { Resource } from '../../kubernetes/resource.ts';
import type { KindName, SchemaProblem } from '../../kubernetes/schema/schemas.ts';
import { rename, set } from '../../syntax/edit/operations.ts';
import { MapValue } from '../../syntax/values.ts';
import { defineRule, type Fix, type Report } from '../rule.ts';

type MessageId = 'unknownKind' | 'unknownField' | 'wrongType' | 'missing' | 'badEnum' | 'badFormat';

const MESSAGES: Record<SchemaProblem['type'], Exclude<MessageId, 'unknownKind'>> = {
  'unknown-field': 'unknownField',
  'wrong-type': 'wrongType',
  'missing-required': 'missing',
  'bad-enum': 'badEnum',
  'bad-format': 'badFormat',
};

/**
 * Something that the API server would refuse or drop. A misspelt security field is no field: Kubernetes without strict validation ignores it.
 *
 * Source: the types of the official client library; https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation
 */
export const kubernetesSchema = defineRule<MessageId>({
  id: 'kubernetes-schema',
  meta: {
    title: 'Not as the Kubernetes API has it',
    safeguard: 'authoring',
    rationale:
      'A safeguard that is misspelt or in the wrong place does not exist: the API server drops unknown fields unless it is asked to be strict. Everything that other rules say rests on manifests that mean what they seem to.',
    remediation: 'Correct the field; the hover shows what the API knows at that place.',
    references: {
      hipaa: [],
      nist: ['CM-6', 'SI-10'],
      urls: ['https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation'],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      unknownKind:
        'Kubernetes has no {kind} in {apiVersion}: the API server refuses the object. Did you mean {likely}?',
      unknownField: '{kind} has no field "{field}" here, so it is dropped and protects nothing.{suggestion}',
      wrongType: '"{field}" must be {expected}, not {actual}: the API server refuses the object.',
      missing: '"{field}" is missing: the API server refuses the object without it.',
      badEnum: '"{field}" must be {expected}.{suggestion}',
      badFormat: '"{field}" must be {expected}.',
    },
  },
  resource: {
    check(resource, { report, schemas }) {
      // Where nothing is known there is nothing to say; broken text is another rule's finding.
      if (schemas === undefined || resource.document.problems.length > 0) return;
      const likely = schemas.likelyKind(resource.apiVersion, resource.kind);
      if (likely !== undefined) report(unknownKind(resource, likely));
      const problems = schemas.validate(resource.apiVersion, resource.kind, resource.root.toJS());
      for (const problem of problems) {
        const place = placeOf(resource, problem);
        if (place !== undefined) report({ ...place, ...saying(resource, problem) });
      }
    },
  },
});

function unknownKind({ root, apiVersion, kind }: Resource, likely: KindName): Report<MessageId> {
  const key = likely.kind === kind ? 'apiVersion' : 'kind';
  return {
    at: root.get(key) ?? root,
    messageId: 'unknownKind',
    data: { apiVersion, kind, likely: `${likely.kind} of ${likely.apiVersion}` },
    fixes: [
      {
        title: `Change to "${likely[key]}"`,
        applicability: 'review',
        operations: [set([...root.path, key], likely[key])],
      },
    ],
  };
}

function placeOf(
  resource: Resource,
  { type, path }: SchemaProblem,
): Pick<Report, 'at' | 'missing'> | undefined {
  if (type === 'unknown-field') {
    const parent = resource.root.at(path.slice(0, -1));
    const entry = parent instanceof MapValue ? parent.entryOf(String(path.at(-1))) : undefined;
    return entry && { at: { key: entry } };
  }
  const at = resource.root.at(path);
  return at && (type === 'missing-required' ? { at, missing: ['field'] } : { at });
}

function saying(
  resource: Resource,
  problem: SchemaProblem,
): Pick<Report<MessageId>, 'messageId' | 'data' | 'fixes'> {
  const { type, field, expected, actual = '', nearest } = problem;
  const suggestion = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  return {
    messageId: MESSAGES[type],
    data: { kind: resource.kind, field, expected, actual, suggestion },
    fixes: nearest === undefined ? [] : [correction(resource, problem, nearest)],
  };
}

function correction(resource: Resource, { type, path }: SchemaProblem, nearest: string): Fix {
  const target = [...resource.root.path, ...path];
  const isField = type === 'unknown-field';
  return {
    title: isField ? `Rename to "${nearest}"` : `Change to "${nearest}"`,
    // A field that was dropped until now takes effect.
    applicability: 'review',
    operations: [isField ? rename(target, nearest) : set(target, nearest)],
  };
}
