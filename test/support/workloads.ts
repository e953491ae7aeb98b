/*
 * Workloads that many tables speak of.
 */

/**
 * Deployment "portal" of namespace "patient-portal".
 *
 * @param podFields fields of the pod's spec besides its containers, as they are to be written
 */
export const portal = (...podFields: readonly string[]) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: portal
  namespace: patient-portal
spec:
  selector:
    matchLabels: { app: portal }
  template:
    metadata:
      labels: { app: portal }
    spec:
${podFields.map((field) => `      ${field}\n`).join('')}      containers:
        - name: api
          image: registry.clinic.example/portal:1.4.2
`;

/** The account of `portal`, and whether its token is mounted where that is said. */
export const portalAccount = (mounted?: boolean) => `apiVersion: v1
kind: ServiceAccount
metadata:
  name: portal
  namespace: patient-portal
${mounted === undefined ? '' : `automountServiceAccountToken: ${mounted}\n`}`;

/** A tool that has no part in the care of patients. */
export const grafana = (namespace = 'monitoring') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: grafana
  namespace: ${namespace}
spec:
  template:
    metadata:
      labels: { app: grafana }
    spec:
      containers:
        - name: grafana
          image: registry.clinic.example/grafana/grafana:12.1.0
`;
