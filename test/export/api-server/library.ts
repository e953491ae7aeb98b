import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { AdmissionCheck } from '../../../server/src/export/checks/check.ts';
import { matchConditions, variablesOf } from '../../../server/src/export/policies.ts';
import { groupOf } from '../../../server/src/kubernetes/resource.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { type ApiObject, namespaceOf, pluralOf } from '../admission.ts';

/** What the API server's library says of an object for one policy. */
export interface Answer {
  readonly policy: string;
  readonly allowed: boolean;
  /** Why it could not be evaluated; the API server refuses then. */
  readonly error?: string;
  readonly cost: number;
}

export const nameOf = ({ rule, part }: AdmissionCheck) => (part === undefined ? rule : `${rule}-${part}`);

/** The program beside this file, which asks policies with the library of kube-apiserver. */
export class Library {
  readonly #program: ChildProcess;
  readonly #answers: ((answer: Answer) => void)[] = [];
  readonly #ended: Promise<void>;

  /**
   * @param program the path of the program, as `go build` makes it
   * @param minor of the Kubernetes version that the policies are for
   */
  constructor(program: string, minor: number, checks: readonly AdmissionCheck[]) {
    this.#program = spawn(program, [`${minor}`], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#ended = new Promise((resolve, reject) => {
      this.#program.on('error', reject);
      this.#program.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`exit code ${code}`))));
    });
    const { stdout } = this.#program;
    if (stdout !== null)
      createInterface({ input: stdout }).on('line', (line) => this.#answers.shift()?.(JSON.parse(line)));
    for (const check of checks) this.#send({ policy: asPolicy(check) });
  }

  /** Asks the policies of some checks about an object that comes to a cluster with others. */
  async ask(
    checks: readonly AdmissionCheck[],
    object: ApiObject,
    others: readonly ApiObject[] = [],
  ): Promise<Answer[]> {
    const answers = checks.map(() => new Promise<Answer>((resolve) => this.#answers.push(resolve)));
    const namespace = withoutNull(namespaceOf(object));
    this.#send({
      object: withoutNull(object),
      ...(namespace !== undefined && { namespace }),
      others: others.map(asPresent),
      ask: checks.map(nameOf),
    });
    return await Promise.race([Promise.all(answers), this.#ended.then(() => [])]);
  }

  async close(): Promise<void> {
    this.#program.stdin?.end();
    await this.#ended;
  }

  /** Waits for nothing: who asks waits for the answer. */
  #send(message: object): void {
    this.#program.stdin?.write(`${JSON.stringify(message)}\n`);
  }
}

function asPolicy(check: AdmissionCheck) {
  const rule = rules.find(({ id }) => id === check.rule);
  const conditions = rule === undefined ? [] : matchConditions(check, rule, []);
  return {
    name: nameOf(check),
    conditions: conditions.map(({ expression }) => ({ expression })),
    variables: variablesOf(check),
    wanted: [check.expression, ...(check.also ?? [])].map((expression) => ({ expression })),
  };
}

function asPresent(object: ApiObject) {
  // Files of hosts, which are no objects, have neither.
  const { apiVersion = '', kind = '', metadata } = object;
  return {
    group: groupOf(apiVersion),
    plural: pluralOf(kind),
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    object: withoutNull(object),
  };
}

/** The API server drops fields that are null before it asks. */
function withoutNull<T>(value: T): T {
  return JSON.parse(JSON.stringify(value ?? null, (_, item) => item ?? undefined) ?? 'null') ?? undefined;
}
