import { describe, expect, it } from 'vitest';
import { LOG_STORE_CHECKS } from '../../server/src/export/checks/log-stores.ts';
import { rules } from '../../server/src/rules/index.ts';
import { parseDocument } from '../../server/src/syntax/parse.ts';
import { checkText } from '../support/check-text.ts';
import { type ApiObject, admits, isAskedAbout } from './admission.ts';
import { lineVariants } from './line-variants.ts';

/** The policies about how long files have logs kept beside their rule: what people write, and what is a line away from it. */

const ID = 'log-retention-too-short';
const one = rules.filter((rule) => rule.id === ID);

const fileOf = (data: string, name = 'a', key = 'a'): ApiObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'a' },
  ...{ data: { [key]: data } },
});
const isFlagged = (object: ApiObject) =>
  checkText(JSON.stringify(object), { rules: one, isolated: true }).length > 0;
const isRefused = (object: ApiObject) =>
  LOG_STORE_CHECKS.some(
    (check) => check.rule === ID && isAskedAbout(object, check) && !admits(check, object),
  );

/** Each says that a log is an audit log; `30d` is for how long it is kept. */
const FILES: Readonly<Record<string, string>> = {
  'a stream of Loki': `auth_enabled: false
limits_config:
  retention_period: 3000d
  retention_stream:
    # all others are kept
    - selector: '{app="audit"}'
      priority: 1
      period: 30d
    - { selector: '{app="web"}', period: 3000d }
schema_config:
  configs: []
`,
  'a policy of OpenSearch': `{
  "_version": 2,
  "policy": {
    "error_notification": null,
    "description": "of logs",
    "default_state": "hot",
    "states": [
      {
        "name": "hot",
        "actions": [{ "rollover": { "min_size": "30gb" } }],
        "transitions": [
          { "state_name": "gone", "conditions": { "min_index_age": "30d" } }
        ]
      },
      {
        "name": "gone",
        "actions": [{ "retry": { "count": 3 }, "delete": {} }],
        "transitions": []
      }
    ],
    "ism_template": [{ "index_patterns": ["audit-*"], "priority": 1 }]
  }
}
`,
  'an output of Fluent Bit': `[OUTPUT]
    Name  cloudwatch_logs
    Match audit.*
    region us-east-1
    log_retention_days 30
`,
  'an output of Fluentd': `<match **>
  @type cloudwatch_logs
  log_group_name audit
  retention_in_days 30
  <buffer>
    @type file
  </buffer>
</match>
`,
};
/** Of which the name of the object, or of the file, says that they are about audit logs. */
const NAMED: Readonly<Record<string, string>> = {
  Loki: `limits_config:
  retention_period: 30d
  reject_old_samples: true
table_manager:
  retention_deletes_enabled: true
  retention_period: "2190d"
`,
  'a policy of Elasticsearch': `{
  "policy": {
    "_meta": { "description": "of logs" },
    "phases": {
      "hot": { "actions": { "rollover": { "max_age": "7d" } } },
      "delete": { "min_age": "30d", "actions": { "delete": {} } }
    }
  }
}
`,
};

const LINES = [
  ...['retention_period: 0s', 'retention_period: 1h30m', 'period: 0s', 'selector: audit', '- a', 'a: |'],
  ...['"a": 1,', '{', '}', '},', '"policy": {', '---', '\t', '[OUTPUT]', '<store>', 'limits_config:'],
];

/** What is no JSON or YAML, and a period over several lines, no product starts with. */
function isBroken(text: string, original: string): boolean {
  const { root, problems } = parseDocument(text);
  const isWrong = problems.some(({ kind }) => kind !== 'duplicate-key');
  if (original.startsWith('{')) return isWrong || !isJson(text);
  const isYaml = parseDocument(original).problems.length === 0;
  return isYaml && (isWrong || /"30d /.test(JSON.stringify(root?.toJS())));
}

function isJson(text: string): boolean {
  try {
    return JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
}
const objects = [
  ...Object.entries(FILES).map(([title, text]) => ({ title, text, fileFor: (data: string) => fileOf(data) })),
  ...Object.entries(NAMED).map(([title, text]) => ({
    title,
    text,
    fileFor: (data: string) => fileOf(data, 'audit'),
  })),
];

describe.each(objects)('$title', ({ text, fileFor }) => {
  it('is refused where it keeps an audit log for less than six years', () => {
    const periods = ['30', '2189', '2190', '9999', '0'].map((days) =>
      text.replace(/\b30(?=d"?$|d"|$)/m, days),
    );
    expect(periods.map((one) => isRefused(fileFor(one)))).toEqual([true, true, false, false, false]);
    expect(isRefused(fileOf(text.replace('audit', 'web'), 'web'))).toBe(false);
    expect(isRefused(fileFor(`${text}${'\n'.repeat(100_000)}`))).toBe(false);
  });

  it('is let in where the rule lets it in', () => {
    const variants = [...lineVariants(text, LINES)].filter((variant) => !isBroken(variant, text));
    const wrong = variants.filter((data) => isRefused(fileFor(data)) && !isFlagged(fileFor(data)));
    expect(wrong).toEqual([]);
  });
});

describe('a policy of the operator for OpenSearch', () => {
  const policy = (name: string, patterns: readonly string[], minIndexAge: string, to = 'b'): ApiObject => ({
    apiVersion: 'opensearch.opster.io/v1',
    kind: 'OpenSearchISMPolicy',
    metadata: { name, namespace: 'a' },
    ...{
      spec: {
        ismTemplate: { indexPatterns: patterns },
        states: [
          { name: 'a', transitions: [{ stateName: to, conditions: { minIndexAge } }] },
          { name: 'b', actions: [{ delete: {} }] },
          { name: 'c', actions: [{ readOnly: {} }] },
        ],
      },
    },
  });

  it.each([
    ['audit', ['a-*'], '30d', 'b', true],
    ['logs', ['audit-*'], '30d', 'b', true],
    ['logs', ['a-*'], '30d', 'b', false],
    ['audit', [], '2190d', 'b', false],
    ['audit', [], '30d', 'c', false],
  ] as const)('%s %s %s %s', (name, patterns, age, to, expected) => {
    const object = policy(name, patterns, age, to);
    expect([isRefused(object), isFlagged(object)]).toEqual([expected, expected]);
  });
});
