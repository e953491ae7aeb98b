import { sha1 } from '@noble/hashes/legacy.js';
import {
  DISCLAIMER,
  type EvidenceFinding,
  type EvidencePlace,
  type EvidenceReport,
  type JudgedAspect,
  type JudgedControl,
  STATUS_WORDS,
  type Statement,
  type Status,
} from './model.ts';
import { findingsBeside, placeText, summaryOf } from './words.ts';

/** Names of our own properties live here. */
const NAMESPACE = 'https://github.com/kube-safeguards/kube-safeguards/ns/oscal';

/** For UUIDs that are made from names (RFC 9562, version 5). */
const UUID_NAMESPACE = '6f1b8f52-5ad5-4c0c-9c3e-0d3b7b0b9d10';

type Json = Record<string, unknown>;

/**
 * Assessment results of OSCAL 1.1.3: a finding for each part of a control, and an observation for everything that it rests on, and for every other finding. OSCAL knows `satisfied` and
 * `not-satisfied`; a property of ours tells what else there is.
 *
 * Source: https://pages.nist.gov/OSCAL-Reference/models/v1.1.3/assessment-results/json-definition/
 */
export function oscalReport(report: EvidenceReport): string {
  const { provenance, controls } = report;
  const idOf = identifier(report);
  const plan = idOf('plan');
  const observations = new Observations(provenance.time, idOf);
  const findings = controls.flatMap((control) =>
    control.aspects.map((aspect) => findingOf(control, aspect, observations, idOf)),
  );
  for (const finding of findingsBeside(report)) observations.ofFinding(finding);
  const { problems } = report;
  const result = {
    uuid: idOf('result'),
    title: 'What manifests show about technical safeguards',
    description: `${summaryOf(report)} ${DISCLAIMER}`,
    start: provenance.time,
    end: provenance.time,
    props: [
      property('inputs-sha256', provenance.inputs.sha256),
      property('input-files', String(provenance.inputs.files)),
      property('profile', provenance.profile),
      property('kubernetes-version', provenance.kubernetesVersion),
      ...(provenance.commit === undefined ? [] : [property('commit', provenance.commit.id)]),
    ],
    'reviewed-controls': {
      'control-selections': [{ 'include-controls': controls.map(({ id }) => ({ 'control-id': id })) }],
    },
    ...(observations.all.length > 0 && { observations: observations.all }),
    findings,
    ...(problems.length > 0 && { remarks: `What could not be checked: ${problems.join(' ')}` }),
  };
  const results = {
    uuid: idOf('assessment-results'),
    metadata: {
      title: 'Evidence of technical safeguards',
      'last-modified': provenance.time,
      version: provenance.inputs.sha256.slice(0, 12),
      'oscal-version': '1.1.3',
      props: [property('tool-version', provenance.toolVersion)],
      remarks: DISCLAIMER,
    },
    'import-ap': { href: `#${plan}` },
    results: [result],
    'back-matter': {
      resources: [
        {
          uuid: plan,
          title: `Rules of kube-safeguards ${provenance.toolVersion}`,
          description: `${report.rules.length} rules were asked of the manifests: ${report.rules.map(({ id }) => id).join(', ')}.`,
        },
      ],
    },
  };
  return `${JSON.stringify({ 'assessment-results': results }, undefined, 2)}\n`;
}

const REASONS: Readonly<Record<Status, string>> = {
  met: 'pass',
  violated: 'fail',
  excepted: 'other',
  undecided: 'other',
};

function findingOf(
  { id, title, citations }: JudgedControl,
  aspect: JudgedAspect,
  observations: Observations,
  idOf: (name: string) => string,
): Json {
  const { status, evidence } = aspect;
  const related = observations.of(aspect);
  const remarks = status === 'undecided' ? { remarks: `What would decide it: ${evidence}` } : {};
  return {
    uuid: idOf(`finding ${aspect.id}`),
    title: `${title}: ${aspect.title}`,
    description: `${aspect.title}: ${STATUS_WORDS[status]}.`,
    props: [
      property('status', status),
      property('control-id', id),
      ...citations.map((section) => property('citation', `45 CFR ${section}`)),
    ],
    target: {
      type: 'objective-id',
      'target-id': aspect.id,
      status: {
        state: status === 'met' ? 'satisfied' : 'not-satisfied',
        reason: REASONS[status],
        ...remarks,
      },
    },
    ...(related.length > 0 && {
      'related-observations': related.map((uuid) => ({ 'observation-uuid': uuid })),
    }),
  };
}

/** Everything that findings rest on, each once. */
class Observations {
  readonly #time: string;
  readonly #idOf: (name: string) => string;
  readonly #known = new Map<string, Json>();

  constructor(time: string, idOf: (name: string) => string) {
    this.#time = time;
    this.#idOf = idOf;
  }

  get all(): readonly Json[] {
    return [...this.#known.values()];
  }

  /** The UUIDs of what a part of a control rests on. */
  of({ shown, open, violations, exceptions, questions }: JudgedAspect): string[] {
    const uuids = [
      ...[...violations, ...exceptions, ...questions].map((finding) => this.ofFinding(finding)),
      ...shown.map((statement) => this.#add(statement, [property('shows', 'yes')], 'EXAMINE')),
      ...open.map((statement) => this.#add(statement, [property('shows', 'no')], 'EXAMINE')),
    ];
    return [...new Set(uuids)];
  }

  ofFinding(finding: EvidenceFinding): string {
    const { rule, severity, resource, exception, citations } = finding;
    const props = [
      property('rule', rule),
      property('severity', severity),
      ...(resource === '' ? [] : [property('object', resource)]),
      ...citations.map((section) => property('citation', `45 CFR ${section}`)),
      ...(exception === undefined ? [] : [property('exception', exception)]),
    ];
    return this.#add(finding, props, 'TEST');
  }

  #add({ text, place }: Statement, props: readonly Json[], method: string): string {
    const uuid = this.#idOf(`observation ${method} ${placeText(place)} ${text} ${JSON.stringify(props)}`);
    this.#known.set(uuid, {
      uuid,
      description: text,
      props,
      methods: [method],
      ...(place.file !== '' && {
        'relevant-evidence': [{ href: hrefOf(place), description: placeText(place) }],
      }),
      collected: this.#time,
    });
    return uuid;
  }
}

/** A reference relative to the folder that was checked. */
function hrefOf({ file, line }: EvidencePlace): string {
  const path = file.split('/').map(encodeURIComponent).join('/');
  return line === undefined ? path : `${path}#L${line}`;
}

/** Values are one line without spaces around it. */
function property(name: string, value: string): Json {
  return { name, ns: NAMESPACE, value: value.replace(/\s+/g, ' ').trim() || 'none' };
}

/** UUIDs that are the same for the same inputs, time and name. */
function identifier({ provenance: { time, inputs } }: EvidenceReport): (name: string) => string {
  const prefix = bytesOfUuid(UUID_NAMESPACE);
  return (name) => {
    const text = new TextEncoder().encode(`${inputs.sha256} ${time} ${name}`);
    const hash = sha1(new Uint8Array([...prefix, ...text])).slice(0, 16);
    hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
    hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
    const hex = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  };
}

function bytesOfUuid(uuid: string): number[] {
  return (uuid.replaceAll('-', '').match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
}
