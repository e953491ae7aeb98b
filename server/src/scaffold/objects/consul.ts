import { block } from '../block.ts';

/**
 * The token with which the proxy of Consul logs in. With ACLs its webhook refuses pods whose containers have none mounted at this path, from where it copies
 * the mount.
 *
 * Source: findServiceAccountVolumeMount in https://github.com/hashicorp/consul-k8s/blob/main/control-plane/connect-inject/webhook/mesh_webhook.go
 */
export const CONSUL_LOGIN = block`
  # With it Consul's proxy proves who it is. It expires, and opens nothing in the API: the account has no role.
  - name: consul-login
    projected:
      sources:
        - serviceAccountToken:
            path: token
            expirationSeconds: 3600
`;

export const CONSUL_LOGIN_MOUNT = block`
  - name: consul-login
    mountPath: /var/run/secrets/kubernetes.io/serviceaccount
    readOnly: true
`;

/**
 * Consul knows a service by its ServiceAccount, and answers probes of plain HTTP in its place. Without the name of its port, every port of the container
 * may belong to the service.
 *
 * Source: https://developer.hashicorp.com/consul/docs/k8s/annotations-and-labels
 */
export function consulAnnotations(portName: string): string {
  return block`
    annotations:
      consul.hashicorp.com/connect-inject: "true"
      consul.hashicorp.com/connect-service-port: ${portName}
      consul.hashicorp.com/transparent-proxy: "true"
      consul.hashicorp.com/transparent-proxy-overwrite-probes: "true"
  `;
}
