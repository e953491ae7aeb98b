import { ADMIN_TOOL_PATTERN, SIGN_IN } from '../analysis/admin-tools.ts';
import { PHI_LABEL } from '../analysis/phi-label.ts';
import { type KyvernoPolicy, type Lookup, listIn, OWN_LABELS, refusal, some } from './kyverno-policy.ts';

const isTool = (pod: string) =>
  `length([${pod}.containers || \`[]\`, ${pod}.initContainers || \`[]\`][] | [?regex_match('${ADMIN_TOOL_PATTERN}', image || '')]) > \`0\``;
const SELF_IS_TOOL = isTool('request.object.spec');

/** A tool that comes to where others hold PHI. */
export const TOOL_BESIDE_PHI: KyvernoPolicy = {
  rule: 'namespace-mixed-workloads',
  spec: (action, namespaces) => ({
    background: false,
    rules: [
      refusal(action, [], {
        name: 'apart',
        kinds: ['Pod'],
        onlyNew: true,
        // Every namespace may hold PHI, that of the tools, too: only where somebody says so.
        within: { label: PHI_LABEL, names: namespaces },
        lookups: [
          {
            name: 'others',
            path: listIn('v1', 'pods'),
            take: `items[?!(${isTool('spec')})].metadata.name || \`[]\``,
          },
        ],
        when: SELF_IS_TOOL,
        condition: 'length(others) > `0`',
        message:
          'namespace-mixed-workloads: this tool would run in a namespace that holds PHI, and its administrators get a way to it. Use a namespace of its own (45 CFR 164.312(a)(1)).',
      }),
    ],
  }),
};

const MESSAGE =
  'dashboard-exposed: an administrative tool would be reachable from outside. Use a ClusterIP Service, and a sign-in in front of the tool (45 CFR 164.312(d)).';
const selectsSome = (selector: string) => `length(keys(${selector} || \`{}\`)) > \`0\``;
const OPENS = (type: string) => `contains(['LoadBalancer', 'NodePort'], ${type})`;
const NO_SIGN_IN = (metadata: string) =>
  `!(${some(`keys(${metadata}.annotations || \`{}\`)`, `regex_match('${SIGN_IN.source.replaceAll('\\/', '/')}', @)`)})`;
const BACKENDS = '[spec.defaultBackend.service.name, spec.rules[].http.paths[].backend.service.name][]';
const OWN_BACKENDS = BACKENDS.replaceAll('spec.', 'request.object.spec.');
const TOOLS = (take: string): Lookup => ({
  name: 'tools',
  path: listIn('v1', 'pods'),
  take: `items[?${isTool('spec')}]${take} || \`[]\``,
});

/** What opens a tool to the outside, or a tool that comes to where something does so. */
export const EXPOSED_TOOL: KyvernoPolicy = {
  rule: 'dashboard-exposed',
  spec: (action, namespaces) => ({
    background: false,
    rules: [
      refusal(action, namespaces, {
        name: 'service',
        kinds: ['Service'],
        lookups: [TOOLS('.metadata.[labels][]')],
        when: `${OPENS('request.object.spec.type')} && ${selectsSome('request.object.spec.selector')}`,
        condition: some('tools', 'label_match(`{{ request.object.spec.selector || `{}` }}`, @)'),
        message: MESSAGE,
      }),
      refusal(action, namespaces, {
        name: 'ingress',
        kinds: ['Ingress'],
        lookups: [
          TOOLS('.metadata.[labels][]'),
          {
            name: 'selectors',
            path: listIn('v1', 'services'),
            take: `items[?contains(\`{{ ${OWN_BACKENDS} || \`[]\` }}\`, metadata.name) && ${selectsSome('spec.selector')}].spec.selector || \`[]\``,
          },
        ],
        condition: NO_SIGN_IN('request.object.metadata'),
        each: {
          list: 'selectors',
          condition: some('tools', 'label_match(`{{ element }}`, @)'),
        },
        message: MESSAGE,
      }),
      refusal(action, namespaces, {
        name: 'tool',
        kinds: ['Pod'],
        onlyNew: true,
        lookups: [
          {
            name: 'services',
            path: listIn('v1', 'services'),
            take: `items[?${selectsSome('spec.selector')} && label_match(spec.selector, ${OWN_LABELS})].{ name: metadata.name, type: spec.type } || \`[]\``,
          },
          {
            name: 'backends',
            path: listIn('networking.k8s.io/v1', 'ingresses'),
            take: `items[?${NO_SIGN_IN('metadata')}].${BACKENDS}[] || \`[]\``,
          },
        ],
        when: SELF_IS_TOOL,
        condition: `${some('services', OPENS('type'))} || ${some('backends', 'contains(`{{ services[].name }}`, @)')}`,
        message: MESSAGE,
      }),
    ],
  }),
};
