/**
 * Kinds of OpenShift that expose or run workloads.
 *
 * Source: https://docs.openshift.com/container-platform/latest/rest_api/
 */
import type {
  IntOrString,
  V1ObjectMeta,
  V1PodTemplateSpec,
  V1ResourceRequirements,
} from '@kubernetes/client-node';

/** Exposes a Service under a host name. */
export interface Route {
  apiVersion: 'route.openshift.io/v1';
  kind: 'Route';
  metadata?: V1ObjectMeta;
  spec: RouteSpec;
}

export interface RouteSpec {
  host?: string;
  subdomain?: string;
  path?: string;
  to: RouteTarget;
  alternateBackends?: RouteTarget[];
  port?: { targetPort: IntOrString };
  /** Without it, the route answers plain HTTP. */
  tls?: RouteTls;
  wildcardPolicy?: '' | 'None' | 'Subdomain';
  httpHeaders?: { actions?: { request?: HeaderAction[]; response?: HeaderAction[] } };
}

export interface RouteTarget {
  kind?: '' | 'Service';
  name: string;
  weight?: number;
}

export interface RouteTls {
  /** Where TLS ends: at the router, at the router with a new connection to the pod, or in the pod. */
  termination: 'edge' | 'passthrough' | 'reencrypt';
  /** What the router does with plain HTTP. */
  insecureEdgeTerminationPolicy?: '' | 'None' | 'Allow' | 'Redirect';
  certificate?: string;
  key?: string;
  caCertificate?: string;
  destinationCACertificate?: string;
  externalCertificate?: { name?: string };
}

export interface HeaderAction {
  name: string;
  action: { type: 'Set' | 'Delete'; set?: { value: string } };
}

/** Runs pods, as a Deployment does; deprecated. */
export interface DeploymentConfig {
  apiVersion: 'apps.openshift.io/v1';
  kind: 'DeploymentConfig';
  metadata?: V1ObjectMeta;
  spec: DeploymentConfigSpec;
}

export interface DeploymentConfigSpec {
  replicas?: number;
  revisionHistoryLimit?: number;
  minReadySeconds?: number;
  paused?: boolean;
  test?: boolean;
  selector?: Record<string, string>;
  strategy?: DeploymentConfigStrategy;
  triggers?: object[];
  template?: V1PodTemplateSpec;
}

export interface DeploymentConfigStrategy {
  type?: 'Rolling' | 'Recreate' | 'Custom';
  rollingParams?: object;
  recreateParams?: object;
  customParams?: object;
  resources?: V1ResourceRequirements;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  activeDeadlineSeconds?: number;
}
