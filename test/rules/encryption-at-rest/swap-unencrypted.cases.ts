import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'no swap',
      code: `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
memorySwap: { swapBehavior: NoSwap }
`,
    },
    {
      name: 'swap on the node, none for pods',
      code: `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
failSwapOn: false
`,
    },
  ],
  invalid: [
    {
      name: 'pods may swap',
      code: `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
failSwapOn: false
memorySwap:
  swapBehavior: «LimitedSwap»
`,
      errors: [{ messageId: 'swap' }],
      output: `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
failSwapOn: false
memorySwap:
  swapBehavior: NoSwap
`,
    },
  ],
};
