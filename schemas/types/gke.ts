/**
 * How Ingress behaves on Google Kubernetes Engine.
 *
 * Source: https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration
 */
import type { V1ObjectMeta } from '@kubernetes/client-node';

/** Settings of the load balancer's front. */
export interface FrontendConfig {
  apiVersion: 'networking.gke.io/v1beta1';
  kind: 'FrontendConfig';
  metadata?: V1ObjectMeta;
  spec?: {
    /** The name of an SSL policy of the project. */
    sslPolicy?: string;
    redirectToHttps?: { enabled: boolean; responseCodeName?: string };
  };
}

/** A certificate that Google obtains and renews. */
export interface ManagedCertificate {
  apiVersion: 'networking.gke.io/v1';
  kind: 'ManagedCertificate';
  metadata?: V1ObjectMeta;
  spec?: { domains?: string[] };
}
