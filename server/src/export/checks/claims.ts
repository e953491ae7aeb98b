import { CLAIM, CLASS_NAMES, OPERATORS } from '../../analysis/encryption/claims.ts';
import { DEFAULT_CLASS } from '../../analysis/encryption/storage-classes.ts';
import { celItems, celList, celMatches, celText, hasAnnotation } from '../cel.ts';
import { celAll } from '../cel-lookup.ts';
import { celLinesBelow } from '../cel-walk.ts';
import { type AdmissionCheck, resourceRule, type Variable } from './check.ts';
import { isPlainClass } from './storage.ts';

/*
 * Claims by the class that they name. A class that is not there yet is asked about by itself.
 */

const RULE = 'volume-unencrypted';
/** Stands for the default class, and is a name that no class can have. */
const BY_DEFAULT = celText('(default)');
const isDefault = `has(c.metadata.annotations) && ${celList(DEFAULT_CLASS)}.exists(a, a in c.metadata.annotations && c.metadata.annotations[a] == 'true')`;

const CLASSES: readonly Variable[] = [
  { name: 'classes', expression: celAll('storage.k8s.io/v1', 'storageclasses') },
  {
    name: 'plain',
    expression: `variables.classes.filter(c, ${isPlainClass('c')}).map(c, c.metadata.name)`,
  },
  // Of several the newest counts, so that all have to be plain.
  {
    name: 'isPlainByDefault',
    expression: `variables.classes.exists(c, ${isDefault}) && variables.classes.all(c, !(${isDefault}) || c.metadata.name in variables.plain)`,
  },
];
const NONE_IS_PLAIN = `variables.names.all(n, n == ${BY_DEFAULT} ? !variables.isPlainByDefault : !(n in variables.plain))`;

const classOf = (spec: string) =>
  `(has(${spec}.storageClassName) ? ${spec}.storageClassName : ${BY_DEFAULT})`;
/** Those of templates of claims. */
const classesOf = (templates: string) => `${templates}.filter(t, has(t.spec)).map(t, ${classOf('t.spec')})`;

/** As an annotation a class was named before there was a field. */
const OWN = `object.kind == 'StatefulSet' ? ${classesOf(celItems('object.spec.volumeClaimTemplates'))} : ${hasAnnotation('volume.beta.kubernetes.io/storage-class')} || (object.kind == 'PersistentVolume' && !has(object.spec.storageClassName)) ? [] : [${classOf('object.spec')}]`;

const EPHEMERAL = `${celItems('variables.podSpec.volumes')}.filter(v, has(v.ephemeral) && has(v.ephemeral.volumeClaimTemplate)).map(v, v.ephemeral.volumeClaimTemplate)`;

const isMap = (value: string) => `type(${value}) == map`;
/** A name, or an object with one, as a line. */
const nameIn = (value: string) =>
  `(${isMap(value)} && 'name' in ${value} ? [${value}['name']] : [${value}]).filter(n, type(n) == string).map(n, n + '\\n').join('')`;
/** Whether a template of a claim, or a claim itself, names no class. */
const namesNone = (claim: string) =>
  `(${isMap(claim)} && ('spec' in ${claim} ? ${isMap(`${claim}['spec']`)} && !('storageClassName' in ${claim}['spec']) : ('resources' in ${claim} || 'accessModes' in ${claim}) && !('storageClassName' in ${claim})))`;
const classesIn = (node: string) =>
  `(${isMap(node)} ? ${[
    `${celList(CLASS_NAMES)}.filter(k, k in ${node}).map(k, ${nameIn(`${node}[k]`)}).join('')`,
    `(variables.isStrimzi && 'type' in ${node} && 'class' in ${node} ? ${nameIn(`${node}['class']`)} : '')`,
    `${node}.filter(k, ${celMatches('k', CLAIM.source)}).map(k, (type(${node}[k]) == list ? ${node}[k] : [${node}[k]]).exists(t, ${namesNone('t')}) ? ${BY_DEFAULT} + '\\n' : '').join('')`,
  ].join(' + ')} : '')`;

export const CLAIM_CHECKS: readonly AdmissionCheck[] = [
  {
    // Which class a claim has cannot be changed.
    rule: RULE,
    part: 'claims',
    on: [
      resourceRule('', ['persistentvolumeclaims', 'persistentvolumes']),
      resourceRule('apps', ['statefulsets']),
    ],
    looksUp: true,
    onlyNew: true,
    variables: [...CLASSES, { name: 'names', expression: OWN }],
    expression: NONE_IS_PLAIN,
  },
  {
    rule: RULE,
    part: 'ephemeral',
    on: 'workloads',
    looksUp: true,
    variables: [...CLASSES, { name: 'names', expression: classesOf(EPHEMERAL) }],
    expression: NONE_IS_PLAIN,
  },
  {
    rule: RULE,
    part: 'operators',
    on: [{ apiGroups: [...OPERATORS], apiVersions: ['*'], resources: ['*'] }],
    looksUp: true,
    variables: [
      ...CLASSES,
      { name: 'isStrimzi', expression: "object.apiVersion.startsWith('kafka.strimzi.io/')" },
      {
        name: 'names',
        expression: `has(object.spec) ? ${celLinesBelow(classesIn, 'object.spec')} : []`,
      },
    ],
    expression: NONE_IS_PLAIN,
  },
];
