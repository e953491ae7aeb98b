import type { RuleCases } from '../../support/rule-cases.ts';

const ingress = (spec: string, className = 'haproxy', name = 'portal') => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: phi, annotations: { cert-manager.io/issuer: ca } }
spec: { ingressClassName: ${className}, ${spec} }
`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'every host has a certificate, one through a wildcard',
      code: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  namespace: phi
spec:
  tls:
    - hosts: [portal.clinic.example, "*.api.clinic.example"]
      secretName: portal-tls
  rules:
    - host: portal.clinic.example
    - host: v1.api.clinic.example
`,
    },
    {
      name: 'an entry without hosts is for all of them',
      code: ingress('tls: [{ hosts: [a.example], secretName: a }, {}], rules: [{ host: b.example }]'),
    },
    {
      name: 'a rule without a host',
      code: ingress('tls: [{ hosts: [a.example], secretName: a }], rules: [{}]'),
    },
    { name: 'no TLS at all is another finding', code: ingress('rules: [{ host: b.example }]') },
    {
      name: 'upper case',
      code: ingress('tls: [{ hosts: [A.example], secretName: a }], rules: [{ host: a.Example }]'),
    },
    {
      name: 'a Traefik router with TLS for all of its hosts',
      code: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: portal, annotations: { traefik.ingress.kubernetes.io/router.tls: "true" } }
spec: { tls: [{ hosts: [a.example], secretName: a }], rules: [{ host: b.example }] }
`,
    },
    {
      name: 'ingress-nginx: another Ingress has the certificate',
      code: `${ingress('tls: [{ hosts: [a.example], secretName: a }], rules: [{ host: a.example }, { host: b.example }]', 'nginx')}---
${ingress('tls: [{ hosts: [b.example], secretName: b }], rules: [{ host: b.example }]', 'nginx', 'other')}`,
    },
  ],
  invalid: [
    {
      name: 'a host that was added to the rules alone',
      code: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  namespace: phi
  annotations:
    cert-manager.io/issuer: ca
spec:
  tls:
    - hosts:
        - portal.clinic.example
      secretName: portal-tls
  rules:
    - host: portal.clinic.example
    - host: «results.clinic.example» # since June
`,
      errors: [
        {
          messageId: 'uncovered',
          message:
            'No certificate of Ingress "portal" is for host results.clinic.example: what is sent there, ePHI included, may cross the network in clear text. Add the host to spec.tls.',
        },
      ],
      output: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  namespace: phi
  annotations:
    cert-manager.io/issuer: ca
spec:
  tls:
    - hosts:
        - portal.clinic.example
        - results.clinic.example
      secretName: portal-tls
  rules:
    - host: portal.clinic.example
    - host: results.clinic.example # since June
`,
    },
    {
      name: 'a wildcard is for one label and not for the domain itself; two entries to choose from, flow style, CRLF',
      code: `apiVersion: networking.k8s.io/v1\r
kind: Ingress\r
metadata: {name: portal, namespace: phi, annotations: {cert-manager.io/issuer: ca}}\r
spec: {tls: [{hosts: ["*.clinic.example"], secretName: wild}, {hosts: [a.example], secretName: a}], rules: [{host: «clinic.example»}, {host: «a.b.clinic.example»}]}\r
`,
      errors: [{ messageId: 'uncovered' }, { messageId: 'uncovered' }],
      output: `apiVersion: networking.k8s.io/v1\r
kind: Ingress\r
metadata: {name: portal, namespace: phi, annotations: {cert-manager.io/issuer: ca}}\r
spec: {tls: [{hosts: ["*.clinic.example", clinic.example, a.b.clinic.example], secretName: wild}, {hosts: [a.example], secretName: a}], rules: [{host: clinic.example}, {host: a.b.clinic.example}]}\r
`,
      alternatives: [
        {
          title: 'Add the host to the certificate in Secret "a"',
          output: `apiVersion: networking.k8s.io/v1\r
kind: Ingress\r
metadata: {name: portal, namespace: phi, annotations: {cert-manager.io/issuer: ca}}\r
spec: {tls: [{hosts: ["*.clinic.example"], secretName: wild}, {hosts: [a.example, clinic.example], secretName: a}], rules: [{host: clinic.example}, {host: a.b.clinic.example}]}\r
`,
        },
      ],
    },
  ],
};
