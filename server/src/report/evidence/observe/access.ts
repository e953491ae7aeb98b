import { authorizersOf } from '../../../analysis/control-plane/authorizers.ts';
import type { ComponentSettings } from '../../../analysis/control-plane/index.ts';
import { lacks, settingsOf } from '../../../analysis/control-plane/index.ts';
import { bindingOf, describeSubject } from '../../../analysis/rbac/bindings.ts';
import { BUILT_IN_ROLES } from '../../../analysis/rbac/built-in-roles.ts';
import { isWorkload, podOf, serviceAccountOf } from '../../../kubernetes/pods.ts';
import { checksSignIn, PROVIDER_FLAGS } from '../../../rules/access-control/apiserver-identity-provider.ts';
import { headOf, nameOf, type Observation, type Observe, placeOf } from '../observation.ts';
import { isWorkloadWithPhi } from '../scope.ts';

/** Who may do what, and how people and programs prove who they are. */
export const observeAccess: Observe = (resource, document) => [
  ...observeApiServer(resource, document),
  ...observeAuthenticators(resource, document),
  ...observeAuthorizers(resource, document),
  ...observeBinding(resource, document),
  ...observeIdentity(resource, document),
];

const observeApiServer: Observe = (resource, document) => {
  const apiserver = settingsOf('kube-apiserver', resource);
  if (apiserver === undefined) return [];
  const seen = { namespace: undefined, shown: true } as const;
  const place = placeOf(document, headOf(resource));
  const observations: Observation[] = [];
  const modes = apiserver.flag('authorization-mode');
  if (modes !== undefined && isRbac(modes.value)) {
    const text = `The API server runs with --authorization-mode=${modes.value}.`;
    observations.push({ ...seen, aspect: 'rbac-authorizer', text, place: placeOf(document, modes.at) });
  } else if (modes === undefined && isDefault(apiserver, 'authorization-mode')) {
    const text = `${apiserver.completeness} has the API server decide by Node and RBAC.`;
    observations.push({ ...seen, aspect: 'rbac-authorizer', text, place });
  }
  const provider =
    PROVIDER_FLAGS.map((name) => apiserver.flag(name)).find((flag) => flag !== undefined) ??
    apiserver.flag('authentication-config');
  if (provider !== undefined) {
    const text = `The API server takes sign-ins by --${provider.name}.`;
    observations.push({ ...seen, aspect: 'identity-provider', text, place: placeOf(document, provider.at) });
  }
  const claim = apiserver.flag('oidc-required-claim');
  if (claim !== undefined && /^(?:amr|acr)=/.test(claim.value)) {
    const text = 'The API server asks for a claim about how somebody signed in (--oidc-required-claim).';
    observations.push({ ...seen, aspect: 'second-factor', text, place: placeOf(document, claim.at) });
  }
  return observations;
};

function isRbac(modes: string): boolean {
  const list = modes.split(',');
  return list.includes('RBAC') && !list.includes('AlwaysAllow');
}

/** Whether an installer sets a flag by itself. */
export function isDefault(settings: ComponentSettings, flag: string): boolean {
  return settings.completeness !== 'whole' && settings.flag(flag) === undefined && !lacks(settings, flag);
}

const observeAuthenticators: Observe = (resource, document) => {
  if (resource.kind !== 'AuthenticationConfiguration') return [];
  const authenticators = resource.root.get('jwt')?.items ?? [];
  return authenticators.map((authenticator) => {
    const rule = authenticator.get('claimValidationRules')?.items.find(checksSignIn);
    return {
      aspect: 'second-factor',
      namespace: undefined,
      shown: rule !== undefined,
      text:
        rule === undefined
          ? 'An issuer is trusted however somebody signed in.'
          : 'An issuer is trusted only with a claim about how somebody signed in.',
      place: placeOf(document, rule ?? authenticator),
    };
  });
};

const observeAuthorizers: Observe = (resource, document) => {
  const authorizers = authorizersOf(resource) ?? [];
  const rbac = authorizers.find(({ type }) => type === 'RBAC');
  if (rbac === undefined || authorizers.some(({ type }) => type === 'AlwaysAllow')) return [];
  const text = 'The API server has an authorizer of type RBAC.';
  const place = placeOf(document, rbac.value);
  return [{ aspect: 'rbac-authorizer', namespace: undefined, shown: true, text, place }];
};

const observeBinding: Observe = (resource, document) => {
  const binding = bindingOf(resource);
  if (binding === undefined) return [];
  const { roleKind, roleName, subjects } = binding;
  const isKnown =
    (roleKind === 'ClusterRole' && BUILT_IN_ROLES.has(roleName)) ||
    document.world
      .matching('role', 'name', roleName)
      .some(
        ({ role, namespace }) =>
          role.kind === roleKind && (roleKind === 'ClusterRole' || namespace === resource.namespace),
      );
  const holders = subjects.map(describeSubject).join(', ');
  const text = isKnown
    ? `${nameOf(resource)} grants ${roleKind} "${roleName}" to ${holders}.`
    : `${nameOf(resource)} grants ${roleKind} "${roleName}", which is not among the manifests, to ${holders}.`;
  return [
    {
      aspect: 'rbac-grants',
      namespace: resource.namespace,
      shown: isKnown,
      text,
      place: placeOf(document, headOf(resource)),
    },
  ];
};

const observeIdentity: Observe = (resource, document) => {
  const pod = isWorkload(resource) ? podOf(resource) : undefined;
  if (pod === undefined || !isWorkloadWithPhi(resource, document)) return [];
  const account = serviceAccountOf(pod);
  const isOwn = account?.text !== undefined && account.text !== '' && account.text !== 'default';
  return [
    {
      aspect: 'workload-identities',
      namespace: resource.namespace,
      shown: isOwn,
      text: isOwn
        ? `${nameOf(resource)} runs as ServiceAccount "${account.text}".`
        : `${nameOf(resource)} runs as the default ServiceAccount of its namespace.`,
      place: placeOf(document, account ?? headOf(resource)),
    },
  ];
};
