import { RENDER_HELP } from './render-help.ts';
import { SCAFFOLD_HELP } from './scaffold-help.ts';

const GENERAL = `Finds violations of HIPAA's technical safeguards in Kubernetes manifests, and fixes them.

Usage: kube-safeguards <command> [options]

Commands:
  check [PATH...|-]   check files, folders, or standard input
  report [PATH...]    write the evidence that an auditor asks for
  export              write admission policies, so that the cluster refuses what is flagged
  render CHART        render a Helm chart as helm template does
  scaffold NAME       write the files of a new service that handles PHI
  init [FOLDER]       write a configuration file that fits the manifests
  rules               list all rules
  explain RULE        tell what a rule finds, why, and what to do
  lsp                 run the language server, for any editor
  hash                print the hash by which the configuration allows a value
  help [COMMAND]      tell how a command is used

Options:
  -h, --help          show this help
  -v, --version       show the version
`;

const CHECK = `Checks Kubernetes manifests against HIPAA's technical safeguards.

Usage: kube-safeguards check [PATH...|-] [options]

PATH is a file or a folder; without one the working folder is checked. In folders, .yaml, .yml and .json files
are read, except those that .gitignore leaves out. "-" reads standard input, also a List from kubectl get -o yaml.
Helm charts are rendered, with their own values and with each values file that belongs to them; findings are told, and
repaired, where they were typed.

Options:
  --format FORMAT       pretty (default), json, sarif, junit, github or gitlab
  -o, --output FILE     write the report to FILE instead of standard output
  --fail-on SEVERITY    error (default), warning, information or never: the least severity that makes the exit code 1
  --fix[=safe|all]      repair findings in place. safe (default): the workload behaves as before;
                        all: also fixes that may change what runs. With "-" the result goes to standard output
                        and the report to standard error
  --config FILE         use this configuration instead of the nearest .kube-safeguards.yaml upward
  --isolated            judge every file by itself
  --whole               what is read is everything, such as an export of a whole cluster: say also what is missing,
                        as is done for folders
  --kube-version 1.N    the Kubernetes version that the manifests are for
  -f, --values FILE     render charts with this values file only; may be repeated
  --set KEY=VALUE       render charts with this value; also --set-string, --set-json, --set-file and --set-literal
  -h, --help            show this help

Exit codes: 0 no finding at or above --fail-on, 1 findings, 2 wrong usage or input that could not be read.
`;

const REPORT = `Writes what manifests show about the controls that a system with ePHI is released by: met, violated, excepted, or not
decidable from manifests; with places, exceptions, and who may do and reach what.

Usage: kube-safeguards report [PATH...] [options]

PATH is a file or a folder; without one the working folder is looked at.

Options:
  --format FORMAT       md (default), html, csv or oscal (assessment results, JSON);
                        the findings alone, for other programs: sarif, junit or github
  -o, --output FILE     write the report to FILE instead of standard output
  --time TIME           the time of the report, such as 2026-01-31T12:00:00Z, instead of the present: with it, the
                        same inputs give the same report. It also decides which exceptions have ended
  --config FILE         use this configuration instead of the nearest .kube-safeguards.yaml upward
  --kube-version 1.N    the Kubernetes version that the manifests are for
  -h, --help            show this help

Exit codes: 0 the report is written, whatever it says; 2 wrong usage or input that could not be read.
`;

const EXPORT = `Writes admission policies for the rules that hang on one object alone, so that the cluster refuses what is flagged here:
ValidatingAdmissionPolicies with their bindings, and policies of Kyverno for what the API server cannot decide, such as
what hangs on other objects, with a role that lets it read those.

Usage: kube-safeguards export [options] | kubectl apply -f -

Options:
  --action ACTION       deny (default), warn or audit: what the cluster does with an object that breaks a rule; advice
                        (rules of severity information) only warns
  --list                tell instead what becomes of each rule: which policy, or why there is none
  --config FILE         use this configuration instead of the nearest .kube-safeguards.yaml upward: rules that are off,
                        PHI scope, allowed registries and exceptions
  -o, --output FILE     write the policies to FILE instead of standard output
  -h, --help            show this help
`;

const RULES = `Lists all rules.

Usage: kube-safeguards rules [--format pretty|json|md]
`;

const EXPLAIN = `Tells what a rule finds, why it matters, what the regulation says, and what to do.

Usage: kube-safeguards explain RULE
`;

const LSP = `Runs the language server, for editors that speak the Language Server Protocol.

Usage: kube-safeguards lsp [--stdio|--socket=PORT|--pipe=NAME]

Without an option it speaks over standard input and output.
`;

const HASH = `Prints the hash of a value, for phi.allow.hashes and credentials.allow.hashes in .kube-safeguards.yaml.

Usage: kube-safeguards hash < FILE

The value is read from standard input, so that it stands neither in the history of the shell nor in the list of
processes. White space around it does not count.
`;

const INIT = `Writes .kube-safeguards.yaml with proposals from the manifests in a folder: namespaces that seem to hold PHI, the registries
that images come from, and the vendors that are mentioned. A file that is there already is left alone.

Usage: kube-safeguards init [FOLDER] [--dry-run]

Options:
  --dry-run             print the file instead of writing it
`;

const OF_COMMAND: Readonly<Record<string, string>> = {
  check: CHECK,
  report: REPORT,
  export: EXPORT,
  render: RENDER_HELP,
  scaffold: SCAFFOLD_HELP,
  init: INIT,
  rules: RULES,
  explain: EXPLAIN,
  lsp: LSP,
  hash: HASH,
};

/** The help of a command, or of the program. */
export function helpText(command: string | undefined): string {
  return (command === undefined ? undefined : OF_COMMAND[command]) ?? GENERAL;
}
