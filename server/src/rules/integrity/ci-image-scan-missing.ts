import { mentionsScan, onlyPushes, pushedImage, pushesImage } from '../../analysis/pipelines/commands.ts';
import type { Pipeline, PipelineStep } from '../../analysis/pipelines/pipeline.ts';
import { insert, type PlainValue, set } from '../../syntax/edit/operations.ts';
import { defineRule, type Fix, type Operation } from '../rule.ts';

/** Stands for the image where the pipeline does not say it. */
const PLACEHOLDER = 'REPLACE_WITH_YOUR_IMAGE';

/**
 * A pipeline that pushes an image to a registry, where neither it nor another pipeline of the workspace scans images. Silent where parts of
 * the pipeline are included from elsewhere and may hold the scan.
 *
 * Source: NIST SP 800-190, 4.1.1, image vulnerabilities: scan before images reach the registry.
 */
export const ciImageScanMissing = defineRule({
  id: 'ci-image-scan-missing',
  meta: {
    title: 'Images are pushed without a scan',
    safeguard: 'integrity',
    rationale:
      'An image that nobody scanned brings the known flaws and the malicious packages of everything in it. They run beside ePHI from the first day, and nobody knows.',
    remediation:
      'Scan each image with Trivy, Grype, Snyk or the scanner of your registry, and let the pipeline fail on critical findings.',
    references: {
      hipaa: ['164.308(a)(5)(ii)(B)', '164.312(c)(1)'],
      nist: ['RA-5', 'SI-2', 'SR-11'],
      urls: ['https://trivy.dev/latest/ecosystem/cicd/', 'https://doi.org/10.6028/NIST.SP.800-190'],
    },
    severity: 'warning',
    scope: 'workspace',
    messages: {
      missing:
        'This {system} pipeline pushes an image that nothing scans, so known flaws and malicious packages can reach what handles ePHI. Scan it with Trivy or a scanner of your choice, and fail on critical findings.',
    },
  },
  pipeline(pipeline, { report, world }) {
    if (pipeline.isPartial || mentionsScan(pipeline.text) || world.facts('image-scan').length > 0) return;
    const push = pipeline.steps.find(pushesImage);
    if (push === undefined) return;
    report({
      at: push.value,
      missing: [],
      messageId: 'missing',
      data: { system: pipeline.system },
      confidence: 'medium',
      fixes: fixesFor(pipeline, push),
    });
  },
});

function fixesFor(pipeline: Pipeline, push: PipelineStep): Fix[] {
  const operation = scanOperation(pipeline, push, pushedImage(push) ?? PLACEHOLDER);
  return operation === undefined
    ? []
    : [{ title: 'Scan the image with Trivy', applicability: 'review', operations: [operation] }];
}

/** Puts a scan beside the step that pushes; undefined where there is no list of steps to put it into. */
function scanOperation(pipeline: Pipeline, push: PipelineStep, image: string): Operation | undefined {
  if (pipeline.system === 'GitLab CI') return gitLabJob(pipeline, push, image);
  const path = push.value.path;
  const [index, list] = [path.at(-1), path.at(-2)];
  const step = scanStep(pipeline, image);
  if (step === undefined || typeof index !== 'number' || list !== 'steps') return undefined;
  return insert(path.slice(0, -1), step, onlyPushes(push) ? index : index + 1);
}

/** Releases that are known to be sound: in March 2026 others were replaced by malicious ones (CVE-2026-33634). */
const TRIVY_ACTION = 'aquasecurity/trivy-action@57a97c7e7821a5776cebc9bb87c984fa69cba8f1';
const TRIVY_IMAGE = 'aquasec/trivy:0.69.3';

const STEP_NAME = 'Scan the image with Trivy';
const SCAN = 'image --exit-code 1 --severity HIGH,CRITICAL';

function scanStep({ system }: Pipeline, image: string): PlainValue | undefined {
  const command = `docker run --rm -v /var/run/docker.sock:/var/run/docker.sock ${TRIVY_IMAGE} ${SCAN} ${image}`;
  switch (system) {
    case 'GitHub Actions':
      return {
        name: STEP_NAME,
        uses: TRIVY_ACTION,
        with: { 'image-ref': image, 'exit-code': '1', severity: 'HIGH,CRITICAL' },
      };
    case 'Azure Pipelines':
      return { script: command, displayName: STEP_NAME };
    case 'CircleCI':
      return { run: { name: STEP_NAME, command } };
    default:
      return undefined;
  }
}

function gitLabJob({ root }: Pipeline, { value }: PipelineStep, image: string): Operation | undefined {
  const job = String(value.path[0] ?? '');
  const stage = value.get('stage')?.text;
  if (root.has(['scan-image'])) return undefined;
  return set(['scan-image'], {
    ...(stage === undefined ? {} : { stage }),
    needs: [job],
    image: { name: TRIVY_IMAGE, entrypoint: [''] },
    script: [`trivy ${SCAN} ${image}`],
  });
}
