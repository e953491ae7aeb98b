import { DEFAULT_CONFIGURATION } from '../server/src/engine/configuration.ts';
import { exportList } from '../server/src/export/export-list.ts';
import { rules } from '../server/src/rules/index.ts';

/** docs/cluster-policies.md: what `export` does, and what becomes of each rule. */
export function policiesPage(): string {
  // As if every rule were on: what is off is the reader's own decision.
  const on = Object.fromEntries(
    rules.filter(({ meta }) => meta.offByDefault === true).map(({ id, meta }) => [id, meta.severity]),
  );
  const settings = { ...DEFAULT_CONFIGURATION.settings, businessAssociates: [{ name: 'Datadog' }] };
  const list = exportList(rules, { ...DEFAULT_CONFIGURATION, rules: on, settings });
  const exported = list.filter(({ as }) => as.length > 0);
  const others = list.filter(({ as }) => as.length === 0);
  return `${INTRODUCTION}
## Rules that become policies

${exported.length} of ${list.length}. *Beyond the policy* is what the rule finds in the editor and on the command line but no policy refuses.

| Rule | Policy | Beyond the policy |
| --- | --- | --- |
${exported.map(({ rule, as, note }) => `| ${link(rule)} | ${as.join(', ')} | ${note?.replace(/^without /, '') ?? ''} |`).join('\n')}

## Rules that do not

| Rule | Because it |
| --- | --- |
${others.map((rule) => `| ${link(rule.rule)} | ${rule.note ?? ''} |`).join('\n')}
`;
}

function link(rule: string): string {
  return `[${rule}](rules/${rule}.md)`;
}

const INTRODUCTION = `# Policies for the cluster

What is flagged while it is written can also be refused when it is applied (in the editor: *Kube Safeguards: Export Admission Policies*):

    kube-safeguards export --action audit | kubectl apply -f -

For each rule that hangs on one object alone this makes a ValidatingAdmissionPolicy (\`admissionregistration.k8s.io/v1\`, Kubernetes 1.30 and later) with a CEL expression, and its binding.
\`--action\` says what the cluster does with an object that breaks a rule: \`deny\` (default) refuses it, \`warn\` tells who sent it, \`audit\` notes it in the audit log alone. Begin with \`audit\`.
Rules of severity information, and what other rules only inform of (in policies of their own: the tag of a release line, a class whose encryption is decided elsewhere), are advice, so \`deny\` only warns of them. \`--list\` tells what becomes of each rule, as the tables below do.

What CEL in the API server cannot do, Kyverno does:

- ValidatingPolicies (\`policies.kyverno.io/v1\`, Kyverno 1.18 and later) with the same CEL look other objects up: \`volume-unencrypted\` asks for the StorageClass of a claim, of the claims in templates and volumes of pods, and of those of operators' kinds;
  \`gateway-plaintext-listener\` for the routes of a Gateway, and for the Gateway of a route; \`certificate-rotation\` for the issuer; \`mesh-authorization-allow-all\` for the networks of Linkerd; \`ingress-without-tls\`, \`ingress-tls-host-uncovered\` and \`ingress-http-allowed\` for the IngressClass, the Middlewares of Traefik (of IngressRoutes, too) and
  the FrontendConfig. \`secret-in-configmap\` reads \`binaryData\`, and \`phi-in-secret\` the values of Secrets, which CEL in the API server cannot decode.
  They are asked when an object comes, and refuse nothing for want of an object that may come later; for what cannot be changed any more (the class of a claim) they are asked only when it is new.
  Where the want of such an object decides (no route that redirects, no Ingress before node ports, no Telemetry that logs, no webhook that is told to trust a certificate, no strict policy above one of Istio that leaves the mode unset), Kyverno refuses nothing, and reports what it finds in its background scans
  (\`gateway-plaintext-listener\`, \`service-plaintext-exposure\`, \`certificate-weak-key\`, \`ingress-http-allowed\` for groups of an AWS load balancer, \`mesh-access-log-disabled\`, \`mesh-mtls-not-strict\`, \`mesh-tls-disabled\` for hosts of other namespaces); so it does with what came before the object that decides about it (\`ingress-*\`, \`certificate-rotation\`,
  \`certificate-automation-missing\`, \`mesh-authorization-allow-all\`, \`rbac-cluster-scope\`, \`audit-log-access\`).
- ClusterPolicies make an object that is missing (\`namespace-default-deny-missing\` gives each new namespace a default-deny NetworkPolicy, with \`--action deny\` alone), look another one up (\`service-account-token-automount\` asks the ServiceAccount of a pod and its roles,
  \`rbac-secrets-access\` which roles a ClusterRoleBinding grants, \`shared-identity\` who acts under an account already, \`rbac-cluster-scope\` and \`audit-log-access\` what the role of a binding grants, \`dashboard-exposed\` and \`namespace-mixed-workloads\` what runs in the namespace,
  \`certificate-automation-missing\` what provides Secrets; and those of networks and meshes, below), and know the date (\`access-review-overdue\`, which only reports).

The ClusterRole \`kube-safeguards-lookups\` is added to that of Kyverno's admission controller by its label \`rbac.kyverno.io/aggregate-to-admission-controller\`. It lists and reads the kinds that these policies ask for, and no others; \`kube-safeguards-reports\` does the same for
the reports controller. What Kyverno may not read it cannot decide, and refuses. Leave all of these out where Kyverno is not installed.

What hangs on other objects is decided by those that are in the cluster then, so that these come first: a NetworkPolicy before the pods that it selects (\`network-policy-missing\`), the policies of a mesh before the pods that they
are about (\`mesh-mtls-missing\`, \`mesh-authorization-missing\`), the label of the mesh on a Namespace before its pods (\`mesh-injection-missing\`). The order of a file or of a wave of GitOps does not matter, since pods are refused, not what makes them: a
Deployment waits until its pods may be. For the same reason labels count that stand on the pod, in the template. A cluster that encrypts in a way that no object tells, such as in its network cards, leaves \`mesh-mtls-missing\` off. A new pod costs Kyverno about a dozen
requests to the API server, one that it refuses up to 45, most of them for kinds that the cluster may not know.

Clusters that a cluster makes are refused there when they are made: the API server, etcd and the kubelets of KubeadmControlPlane, KubeadmConfig and their templates (Cluster API), and pods that run a control plane for somebody else
(\`apiserver-*\`, \`etcd-tls\`). A cluster's own control plane starts from files of its nodes, before anything is there that could refuse it.

## What the configuration changes

The nearest \`.kube-safeguards.yaml\` of the working folder counts, or the file of \`--config\`. With mistakes in it nothing is written.

- Rules that are \`off\` are not exported; those that are switched on are.
- \`images.allowedRegistries\` are the registries that images may come from.
- \`phi.namespaces\` and \`phi.label\`: the policies then hold in PHI scope alone, by the namespace, its labels and the object's. The label \`kube-safeguards.io/phi\` on a Namespace decides before both; on an object it can only
  take it into scope, since whoever makes an object could otherwise let himself pass. (Rules that are silent outside of PHI scope do let an object take itself out.)
- \`credentials.allow.keys\` and \`credentials.kinds\` hold for the policies about credentials, \`phi.allow.keys\` and \`phi.kinds\` for those about PHI (kinds that are \`off\` or \`information\` are not refused). Values by their hash and paths are not known to them: such objects need an exception.
- \`businessAssociates\`: vendors that are not on this list are refused, and so are those whose agreement has ended when the policies are written, or is shown by no document (\`baa-undocumented\`,
  \`baa-expired\`). Without a list there are no such policies. The cluster has no clock for these: export again when an agreement ends.
- \`exceptions\` for a resource become conditions under which a policy is not asked, for what controllers make from that resource as well; who decided stands in the annotation \`kube-safeguards.io/exceptions\`. Past their
  last day they are left out, so export again then. Exceptions with a \`path\` are left out as well: a cluster knows no files. Suppressions in manifests mean nothing to it.

Of these, the ClusterPolicies of Kyverno know which rules are off or of severity information (then they only report), exceptions, and \`phi.namespaces\` (where there is no \`phi.label\`). Its ValidatingPolicies know all.

## Where they hold

The bindings hold in all namespaces but \`kube-system\`, \`kube-public\` and \`kube-node-lease\`, and those labelled \`kube-safeguards.io/phi: "false"\`. Cluster-scoped objects are asked everywhere; roles and bindings that the API
server and the controller of aggregated roles keep themselves are not.

A policy sees a pod as it is to run, with the sidecars that webhooks have put in. Their images have to come from registries that are allowed, too (a mesh can be installed from a mirror: \`global.hub\` of Istio, \`proxy.image.name\` of Linkerd),
and the init container of Istio, which changes the pod's network, breaks \`added-capabilities\` as it breaks the Pod Security Standards: install Istio's CNI plugin. What cannot be otherwise needs an exception.

The ClusterPolicies are run over the rules' tables, too, by an evaluator of what they use of its documented semantics, not by Kyverno itself. With all objects of a manifest in the cluster
those that look others up refuse nothing that the rule accepts, also one field or item away from it. A pod whose account has roles
in its namespace or in the whole cluster may have its token, unless it asks for it itself: the ValidatingAdmissionPolicy sees no roles and refuses that, so give it an exception.

The expressions are tested with the rules' own tables of valid and invalid manifests: what a rule finds nothing in is admitted, what it flags is refused (but for what the table calls *beyond the policy*), also
one field or item away from each manifest, and all output against the schema of Kubernetes. The policies about credentials and TLS read no more of an object than an API server lets them, since each expression may cost only so much, and
are held to the detector's own verdicts on names, values and lines. Those about log collectors cut files into their outputs by patterns, YAML by its indentation, and let in what is written otherwise; they are
held to the rules on files one line away from those of each product. Those that look others up are
tested with what else stands in each manifest, and what a rule finds nothing in is admitted in whatever order its objects come. A policy of the API server sees one object and its Namespace: an Ingress whose certificate another Ingress or its IngressClass brings is refused by \`ingress-without-tls\` and
needs an exception.

Beyond the tests, all expressions are held to the API server's own library (\`k8s.io/apiserver\` 0.36.4) by \`test/export/api-server/compare.ts\`: on 2026-11-22 every one of 167 policies compiled as for Kubernetes 1.30 and 1.36, the library's 16,038 verdicts on the objects of the
tables and what is one field or item away from them were those of the tests, and none of 93,950 on objects of up to 299,000 characters cost more than an API server allows. What Kyverno adds was put beside that library as its documentation has it.
`;
