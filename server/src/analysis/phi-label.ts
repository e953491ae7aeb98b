/** The label on a Namespace or workload that says whether it holds PHI, whatever the configuration says. */
export const PHI_LABEL = 'kube-safeguards.io/phi';
