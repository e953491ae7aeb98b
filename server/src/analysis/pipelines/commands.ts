import type { Value } from '../../syntax/values.ts';
import type { PipelineStep } from './pipeline.ts';

/** What pipelines write to send an image to a registry. */
const PUSHES: readonly RegExp[] = [
  /\b(?:docker|podman|nerdctl|buildah|img|crane)\s+(?:image\s+)?push\b/,
  /\bdocker(?:\s+|-)compose\s+push\b/,
  /\baz\s+acr\s+build\b/,
  /\bgcloud\s+builds\s+submit\b/,
  /\bjib(?::build)?\s*$|\bjib:build\b/,
  /\bskaffold\s+run\b/,
];

/** Commands that push only when they are told to, and the word that tells them. */
const PUSHES_WHEN_TOLD: readonly (readonly [command: RegExp, told: RegExp])[] = [
  [/\bdocker\s+(?:buildx\s+)?(?:build|bake)\b/, /\s--push\b|\btype=registry\b|\bpush=true\b/],
  [/\bpack\s+build\b/, /\s--publish\b/],
  [/\bbuildctl\s+build\b/, /\bpush=true\b/],
  [/\bko\s+(?:build|publish)\b/, /^(?!.*\s(?:--local|-L)\b)/],
  [/\bskaffold\s+build\b/, /\s--push\b/],
  [/\bearthly\b/, /\s--push\b/],
  [/\bkaniko\/executor\b|\/kaniko\/executor\b/, /\s(?:--destination|-d)\b/],
];

const BUILD_ACTIONS = /^docker\/(?:build-push-action|bake-action)@/;
const PUSH_ACTIONS =
  /^(?:redhat-actions\/push-to-registry|aevea\/action-kaniko|int128\/kaniko-action|mr-smithers-excellent\/docker-build-push|elgohr\/publish-docker-github-action)@/i;
const DOCKER_TASK = /^docker@\d/i;
const PUSH_ORBS =
  /^(?:docker\/(?:publish|push)|aws-ecr\/(?:build[-_]and[-_])?push[-_]image|gcp-(?:gcr|artifact-registry)\/(?:build[-_]and[-_])?push[-_]image|azure-acr\/build[-_]and[-_]push[-_]image)$/;
/** Tasks of the Tekton catalogue that build an image and push it. */
const PUSH_TASKS =
  /^(?:kaniko|buildah|buildpacks|buildkit|ko|jib-(?:maven|gradle)|s2i|img|docker-build)(?:-[\w-]+)?$/;

/** Registries of the machine itself, for tests. */
const LOCAL_REGISTRY = /^["']?(?:localhost|127\.0\.0\.1|kind\.local|ko\.local)\b/;

/** Whether a step sends an image to a registry. */
export function pushesImage(step: PipelineStep): boolean {
  return asksForPush(step) && !LOCAL_REGISTRY.test(pushedImage(step) ?? '');
}

function asksForPush({ value, uses, script }: PipelineStep): boolean {
  if (uses !== undefined) {
    if (BUILD_ACTIONS.test(uses)) return isPushed(value.get('with'));
    if (DOCKER_TASK.test(uses)) return /^$|push/i.test(value.at(['inputs', 'command'])?.text ?? '');
    if (PUSH_ACTIONS.test(uses) || PUSH_ORBS.test(uses) || PUSH_TASKS.test(uses)) return true;
  }
  return commandsIn(script).some(
    (command) =>
      PUSHES.some((pattern) => pattern.test(command)) ||
      PUSHES_WHEN_TOLD.some(([pattern, told]) => pattern.test(command) && told.test(command)),
  );
}

/** An expression may be true, so only a plain no counts. */
function isPushed(inputs: Value | undefined): boolean {
  const outputs = inputs?.get('outputs')?.text;
  if (outputs !== undefined && /\btype=registry\b|\bpush=true\b/.test(outputs)) return true;
  const push = inputs?.get('push')?.text;
  return push !== undefined && push !== 'false';
}

/** Whether a step does nothing but push, so that an image can be scanned before. */
export function onlyPushes({ uses, script }: PipelineStep): boolean {
  return uses === undefined && /\bpush\b/.test(script) && !/\b(?:build|bake)\b/.test(script);
}

/** Scanners of images, and words by which people call a scan. */
const SCANS =
  /\b(?:trivy|grype|snyk|clair(?:ctl|-scanner)?|anchore|docker[\s/-]scout|scout-action|twistcli|prisma[-_]?cloud|aqua(?:sec|-?scanner)?|neuvector|sysdig|wiz(?:cli|-cli)?|xray|jf\s+docker\s+scan|jfrog|tenable|nessus|qualys|orca|lacework|lw-scanner|veracode|mend|whitesource|black-?duck|falcon|roxctl|stackrox|kubescape|osv-scanner|inspector|twistlock|cloudguard|checkov|dependency[-_]track|vuln(?:erability)?[-_\s]scan(?:ning|ner)?|(?:container|image)[-_\s]scan(?:ning|ner|s)?|scan[-_\s](?:the[-_\s])?(?:container|docker|image)s?|start-image-scan|describe-image-scan-findings|images\s+scan|codacy|aikido|endorctl)\b/i;

/** What scanners of images are also used for: manifests, infrastructure, source code. */
const OTHER_SCANS = /\b(?:trivy\s+(?:config|conf|k8s|kubernetes)|snyk\s+(?:iac|code))\b/gi;

/** Whether a text names a scanner of images. */
export function mentionsScan(text: string): boolean {
  return SCANS.test(text.replace(OTHER_SCANS, ''));
}

/** The image that a step pushes, as it is written there; undefined when it cannot be told. */
export function pushedImage({ value, script }: PipelineStep): string | undefined {
  const tags = value.at(['with', 'tags'])?.text ?? '';
  const first = tags.split(/[\n,]/)[0]?.trim();
  if (first !== undefined && first !== '') return firstOfTags(first);
  for (const command of commandsIn(script)) {
    const words = command.trim().split(/\s+/);
    const before = words.findIndex((word) => word === 'push' || word === '--destination' || word === '-d');
    const image = before === -1 ? undefined : words.slice(before + 1).find((word) => !word.startsWith('-'));
    if (image !== undefined) return image.replace(/^(["'])(.*)\1$/, '$2');
  }
  return undefined;
}

/** What docker/metadata-action gives as `tags` is a list; its JSON says the first. */
function firstOfTags(tag: string): string {
  const step = /^\$\{\{\s*steps\.([\w-]+)\.outputs\.tags\s*\}\}$/.exec(tag)?.[1];
  return step === undefined ? tag : `\${{ fromJSON(steps.${step}.outputs.json).tags[0] }}`;
}

/** The lines of scripts, continued lines as one, without comments. */
function commandsIn(text: string): string[] {
  return text
    .replaceAll(/\\\r?\n/g, ' ')
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'));
}

/** Words without which a text neither pushes nor scans an image. */
const TOUCHES_IMAGES =
  /docker|podman|nerdctl|buildah|kaniko|crane|buildctl|earthly|skaffold|jib|\bko\b|\bpack\b|acr|gcloud|aws-ecr|s2i|buildpacks|scan|trivy|grype|snyk|clair|anchore/i;
const HAS_STEPS = /(?:^|\n)[ \t]*(?:- )?["']?(?:steps|script|jobs|stages)["']?[ \t]*:/;

/** A cheap test on the text alone, so that files which are no pipelines cost no parsing. */
export function looksLikePipeline(text: string): boolean {
  return HAS_STEPS.test(text) && TOUCHES_IMAGES.test(text);
}
