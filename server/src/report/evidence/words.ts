import { plural } from '../run.ts';
import {
  type EvidenceFinding,
  type EvidencePlace,
  type EvidenceReport,
  STATUS_WORDS,
  STATUSES,
} from './model.ts';

export function placeText({ file, line, unit }: EvidencePlace): string {
  if (file === '') return 'the defaults';
  const place = line === undefined ? file : `${file}:${line}`;
  return unit === undefined || file.startsWith(`${unit}/`) ? place : `${place}, deployed by ${unit}`;
}

/** How many controls are what: `12 controls: 3 violated, 9 met.` */
export function summaryOf({ controls, findings }: EvidenceReport): string {
  const counts = STATUSES.flatMap((status) => {
    const count = controls.filter((control) => control.status === status).length;
    return count === 0 ? [] : [`${count} ${STATUS_WORDS[status]}`];
  });
  const active = findings.filter(({ exception }) => exception === undefined).length;
  const excepted = findings.length - active;
  const rest = excepted > 0 ? `, and ${excepted} left by decision` : '';
  return `${plural(controls.length, 'control')}: ${counts.join(', ')}. ${plural(active, 'finding')}${rest}.`;
}

/** The findings that no control of the checklist is about, and those in namespaces that do not count there. */
export function findingsBeside({ controls, findings }: EvidenceReport): EvidenceFinding[] {
  const aspects = controls.flatMap((control) => control.aspects);
  const told = new Set(
    aspects
      .flatMap(({ violations, exceptions, questions }) => [...violations, ...exceptions, ...questions])
      .map((finding) => JSON.stringify(finding)),
  );
  return findings.filter((finding) => !told.has(JSON.stringify(finding)));
}

/** What was checked, when and by what. */
export function provenanceRows({ provenance, rules }: EvidenceReport): [name: string, value: string][] {
  const { toolVersion, time, commit, inputs, profile, kubernetesVersion } = provenance;
  const off = rules.filter(({ severity }) => severity === 'off').length;
  return [
    ['Tool', `kube-safeguards ${toolVersion}`],
    ['Time', time],
    [
      'Commit',
      commit === undefined
        ? 'no repository'
        : commit.id + (commit.branch === undefined ? '' : ` (${commit.branch})`),
    ],
    ['Inputs', `${plural(inputs.files, 'file')}, SHA-256 ${inputs.sha256}`],
    ['Profile', profile],
    ['Kubernetes', kubernetesVersion],
    ['Rules', `${rules.length}${off > 0 ? `, ${off} of them off` : ''}`],
  ];
}
