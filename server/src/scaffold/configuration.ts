import type { Survey } from '../analysis/survey.ts';
import { block, lines } from './block.ts';

/** The text of a configuration file that fits what a workspace holds; comments say what each proposal rests on. */
export function proposedConfiguration(survey: Survey): string {
  const parts = [
    block`
      # Kube Safeguards checks manifests by what stands here. These are proposals from what the workspace holds: look at each of them.
    `,
    phiPart(survey),
    registriesPart(survey),
    vendorsPart(survey),
    block`
      # Findings that are left alone, with the reason that HIPAA asks for where an addressable specification is met in another way.
      # exceptions:
      #   - rule: mesh-mtls-missing
      #     resource: { kind: Namespace, name: ehr }
      #     reason: The network encrypts between nodes (WireGuard).
      #     approver: security@clinic.example
      #     date: 2026-01-31
      #     until: 2027-01-31
    `,
  ];
  return `${parts.join('\n\n')}\n`;
}

function phiPart({ phiNamespaces, namespaces }: Survey): string {
  if (phiNamespaces.length === 0)
    return lines([
      '# Namespaces that hold PHI. None stands out here; as long as none is named, every namespace may hold some.',
      ...(namespaces.length === 0 ? [] : [`# In view are: ${namespaces.slice(0, MOST_NAMES).join(', ')}.`]),
      '# phi:',
      '#   namespaces: [patient-*]',
    ]);
  const others = namespaces.filter((name) => !phiNamespaces.some((phi) => phi.name === name));
  return lines([
    '# Namespaces that hold PHI, with * for any characters. Rules about PHI leave all others alone.',
    ...(others.length === 0 ? [] : [`# Not proposed: ${others.slice(0, MOST_NAMES).join(', ')}.`]),
    'phi:',
    '  namespaces:',
    ...phiNamespaces.map(({ name, evidence }) => `    - ${quoted(name)} # ${evidence}`),
  ]);
}

/** Longer lists help nobody. */
const MOST_NAMES = 12;

function registriesPart({ registries }: Survey): string {
  if (registries.length === 0)
    return lines([
      '# Registries that images may come from. No image in view comes from a private one.',
      '# images:',
      '#   allowedRegistries: [registry.clinic.example]',
    ]);
  return lines([
    '# Registries that images may come from, the most used first; add a path to be stricter.',
    'images:',
    '  allowedRegistries:',
    ...registries.map((registry) => `    - ${quoted(registry)}`),
  ]);
}

function vendorsPart({ vendors }: Survey): string {
  if (vendors.length === 0)
    return lines([
      '# Vendors that may see ePHI, with their business associate agreements (45 CFR 164.308(b)). Manifests mention none.',
      '# businessAssociates:',
      '#   - name: Example Cloud',
      '#     baa: { signed: 2026-01-31, expires: 2028-01-31, evidence: contracts/example-cloud.pdf }',
    ]);
  return lines([
    '# Vendors that manifests mention. With this list, any other is reported. Add the agreement to each of them (45 CFR 164.308(b)), such as',
    '# baa: { signed: 2026-01-31, expires: 2028-01-31, evidence: contracts/vendor.pdf }, or take out those that never see ePHI.',
    'businessAssociates:',
    ...vendors.map((name) => `  - name: ${quoted(name)}`),
  ]);
}

/** Names of Kubernetes can be numbers to YAML. */
function quoted(text: string): string {
  return /^[a-z][a-z0-9./:-]*[a-z0-9]$/i.test(text) && !/^(?:true|false|yes|no|on|off|null)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
