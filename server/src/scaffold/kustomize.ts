import type { ServiceAnswers } from './answers.ts';
import { block, documents } from './block.ts';
import type { ScaffoldFile } from './files.ts';
import { imagePartsOf } from './image-parts.ts';
import { serviceFiles } from './service-files.ts';
import { plainWords } from './words.ts';

const STAGING =
  'For another cluster than production, with records that are made up: namespace, host and names of secrets are the same.';

const ENVIRONMENTS = [
  { name: 'staging', replicas: 2, comment: STAGING },
  { name: 'production', replicas: 3, comment: 'Where PHI is.' },
] as const;

/** A base with the objects of the service, and an overlay for each environment with what differs there. */
export function kustomizeFiles(answers: ServiceAnswers): ScaffoldFile[] {
  const base = serviceFiles(plainWords(answers));
  return [
    { path: 'base/kustomization.yaml', text: baseFile(base) },
    ...base.map(({ path, text }) => ({ path: `base/${path}`, text })),
    ...ENVIRONMENTS.map((environment) => ({
      path: `overlays/${environment.name}/kustomization.yaml`,
      text: overlayFile(answers, environment),
    })),
  ];
}

function baseFile(base: readonly ScaffoldFile[]): string {
  return documents([
    block`
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      resources:
        ${base.map(({ path }) => `- ${path}`).join('\n')}
    `,
  ]);
}

function overlayFile({ name, image }: ServiceAnswers, environment: (typeof ENVIRONMENTS)[number]): string {
  const { repository, version } = imagePartsOf(image);
  return documents([
    block`
      # ${environment.comment}
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      resources:
        - ../../base
      replicas:
        - name: ${name}
          count: ${environment.replicas}
      images:
        - name: ${repository}
          ${version.key === 'tag' ? `newTag: "${version.text}"` : `digest: ${version.text}`}
    `,
  ]);
}
