import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { type ScaffoldFile, scaffold } from '../../server/src/scaffold/files.ts';
import { readAnswers, type TypedAnswers } from '../../server/src/scaffold/read-answers.ts';

function filesFor(typed: TypedAnswers): readonly ScaffoldFile[] {
  const read = readAnswers({
    name: 'records-api',
    namespace: 'phi-records',
    image: 'registry.clinic.example/records/api:1.0.0',
    port: '8443',
    ...typed,
  });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return scaffold(read.answers);
}

function textOf(files: readonly ScaffoldFile[], name: string): string {
  return files.find(({ path }) => path.endsWith(name))?.text ?? '';
}

const withDatabase = filesFor({ database: true });

it('the database reads its certificate again, and gets its arguments', () => {
  const { spec } = parse(textOf(withDatabase, 'stateful-set.yaml'));
  const [{ command, args }] = spec.template.spec.containers;
  const tools = mkdtempSync(join(tmpdir(), 'kube-safeguards-database-'));
  const tool = (name: string, script: string) => {
    writeFileSync(join(tools, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(tools, name), 0o755);
  };
  try {
    // A turn of the loop, and then no other.
    tool('sleep', `[ "$1" = 43200 ] && mkdir "${tools}/slept" 2> /dev/null`);
    tool('pg_ctl', `echo "pg_ctl $*" > "${tools}/log"`);
    tool('docker-entrypoint.sh', `while [ ! -s "${tools}/log" ]; do :; done; cat "${tools}/log"; echo "$*"`);
    const { stdout, stderr } = spawnSync(command[0], [...command.slice(1), ...args], {
      encoding: 'utf8',
      timeout: 20_000,
      env: { ...process.env, PATH: `${tools}${delimiter}${process.env.PATH}` },
    });
    expect(stderr).toBe('');
    expect(stdout).toBe(`pg_ctl reload --silent\n${args.join(' ')}\n`);
  } finally {
    rmSync(tools, { recursive: true });
  }
});

describe('rules of Falco', () => {
  const itemsOf = (files: readonly ScaffoldFile[]): Record<string, string>[] => {
    const { data } = parse(textOf(files, 'falco-rules.yaml'));
    return Object.values(data as Record<string, string>).flatMap((text) =>
      parseAllDocuments(text).flatMap((document) => document.toJS()),
    );
  };

  it('watch the database, but for its start', () => {
    const items = itemsOf(withDatabase);
    const start = 'starts_database_of_phi_records_records_api';
    const conditionOf = (name: string) => items.find(({ macro }) => macro === name)?.condition;
    expect(conditionOf('in_phi_records_records_api')).toBe(
      'container and k8s.ns.name = "phi-records" and k8s.pod.name startswith "records-api-"',
    );
    expect(conditionOf(start)).toMatch(/^k8s\.pod\.name startswith "records-api-db-" and \(.*\)$/);
    const rules = items.filter(({ rule }) => rule !== undefined);
    expect(rules).toHaveLength(3);
    const excepted = rules.filter(({ condition }) => condition?.endsWith(` and not ${start}`));
    expect(excepted.map(({ rule }) => rule)).toEqual([
      'Shell in phi-records/records-api',
      'Credentials of phi-records/records-api read by another program',
    ]);
    expect(textOf(withDatabase, 'README.md')).toContain('Falco tells of shells, in the database’s pod too');
  });

  it('except nothing without a database', () => {
    const without = filesFor({});
    expect(JSON.stringify(itemsOf(without))).not.toMatch(/ not |-db-/);
    expect(textOf(without, 'README.md')).toContain('Falco tells of shells |');
  });
});

it('an overlay for staging says that it is for another cluster', () => {
  const files = filesFor({ output: 'kustomize' });
  expect(textOf(files, 'overlays/staging/kustomization.yaml')).toMatch(/^# For another cluster/);
  expect(textOf(files, 'README.md')).toContain('`overlays/staging` is for another cluster');
});
