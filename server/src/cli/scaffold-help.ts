export const SCAFFOLD_HELP = `Writes the files of a new service that handles PHI, with all technical safeguards in place.

Usage: kube-safeguards scaffold NAME --namespace NAMESPACE --image IMAGE --port PORT [options]

The files go to a folder named like the service. What is there already is never overwritten.

Options:
  -n, --namespace NS    a namespace of its own for PHI, not "default"
  --image IMAGE         from a registry of yours, with a full version or a digest
  --port PORT           where the program serves HTTPS, 1024 or higher
  --caller [NS/]NAME    a workload that may call the service; may be repeated
  --database            add a PostgreSQL database with TLS and an encrypted volume
  --host HOST           let requests in from outside of the cluster under this name
  --entry KIND          how they come in: gateway (Gateway API, default), traefik, or nginx (ingress-nginx:
                        retired in March 2026, without security updates; not for new services)
  --mesh MESH           istio, linkerd, consul, cilium or none (default)
  --cloud CLOUD         where volumes are: aws, azure, gcp or none (default: your own encrypted StorageClass)
  -o, --output FORM     manifests (default), kustomize or helm
  --folder DIR          write to this folder
  --dry-run             print the files instead of writing them
  -h, --help            show this help

Exit codes: 0 the files are written, 2 wrong usage, or files that are there already.
`;
