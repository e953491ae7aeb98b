import { describe, expect, it } from 'vitest';
import { readArguments } from '../../server/src/cli/arguments.ts';
import { lspArguments } from '../../server/src/cli/lsp-arguments.ts';
import { UsageError } from '../../server/src/cli/options.ts';

const read = (line: string) => readArguments(line === '' ? [] : line.split(' '));

describe('a command line', () => {
  it('checks the working folder unless told otherwise', () => {
    expect(read('check')).toEqual({
      command: 'check',
      paths: ['.'],
      format: 'pretty',
      config: undefined,
      isolated: false,
      whole: false,
      kubeVersion: undefined,
      failOn: 'error',
      fix: undefined,
      output: undefined,
      values: { files: [], set: [] },
    });
  });

  it('takes options in any order and form', () => {
    const all =
      'check a.yaml --format=sarif --fix=all - --config c.yaml --isolated --whole --kube-version v1.33.2 --fail-on never -o out b -f d.yaml,e.yaml --values g.yaml --set k=1';
    expect(read(all)).toEqual({
      command: 'check',
      paths: ['a.yaml', '-', 'b'],
      format: 'sarif',
      config: 'c.yaml',
      isolated: true,
      whole: true,
      kubeVersion: '1.33',
      failOn: 'never',
      fix: 'all',
      output: 'out',
      values: { files: ['d.yaml', 'e.yaml', 'g.yaml'], set: [{ flag: 'set', text: 'k=1' }] },
    });
  });

  it.each([
    ['check --fix a.yaml', 'safe', ['a.yaml']],
    ['check a.yaml --fix', 'safe', ['a.yaml']],
    ['check --fix=safe', 'safe', ['.']],
  ])('%s: fixes and checks', (line, fix, paths) => {
    expect(read(line)).toMatchObject({ fix, paths });
  });

  it('takes a file whose name looks like an option behind --', () => {
    expect(read('check -- --format')).toMatchObject({ paths: ['--format'] });
  });

  it.each([
    ['rules --format md', { command: 'rules', format: 'md' }],
    ['explain yaml-syntax', { command: 'explain', rule: 'yaml-syntax' }],
    ['hash', { command: 'hash' }],
    ['help', { command: 'help', of: undefined }],
    ['--help', { command: 'help', of: undefined }],
    ['help check', { command: 'help', of: 'check' }],
    ['lsp --socket=1 -h', { command: 'help', of: 'lsp' }],
    ['check -h', { command: 'help', of: 'check' }],
    ['--version', { command: 'version' }],
    ['-v', { command: 'version' }],
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  it.each([
    ['', 'No command given: check, report, export, render, scaffold, init, rules, explain, lsp, hash, help.'],
    ['--format json', 'Unknown option --format.'],
    ['chekc', 'Unknown command "chekc". Did you mean check?'],
    ['check --isolate', 'Unknown option --isolate. Did you mean --isolated?'],
    ['check -x', 'Unknown option -x.'],
    ['check --format', '--format needs a value.'],
    ['check --config=', '--config needs a value.'],
    ['check --isolated=yes', '--isolated takes no value.'],
    [
      'check --format jsn',
      '--format is one of pretty, json, sarif, junit, github, gitlab; it cannot be "jsn". Did you mean json?',
    ],
    ['check --fix=most', '--fix is one of safe, all; it cannot be "most".'],
    ['check --fail-on high', '--fail-on is one of error, warning, information, never; it cannot be "high".'],
    ['check --kube-version latest', '--kube-version takes a version such as 1.36.'],
    ['hash 536-22-8145', 'hash reads the value from standard input, not as an argument.'],
    ['rules now', 'rules takes no arguments.'],
    ['explain', 'explain takes the id of one rule.'],
    ['explain a b', 'explain takes the id of one rule.'],
  ])('%s: is refused', (line, message) => {
    expect(() => read(line)).toThrow(UsageError);
    expect(() => read(line)).toThrow(message);
  });
});

describe('the arguments of the language server', () => {
  it.each([
    [[], ['--stdio']],
    [['--stdio'], ['--stdio']],
    [['--clientProcessId=7'], ['--clientProcessId=7', '--stdio']],
    [
      ['--socket', '5007', '--clientProcessId=7'],
      ['--socket', '5007', '--clientProcessId=7'],
    ],
    [['--pipe=/tmp/a b'], ['--pipe=/tmp/a b']],
    [['--node-ipc'], ['--node-ipc']],
  ])('%j', (given, expected) => {
    expect(lspArguments(given, true)).toEqual(expected);
  });
});
