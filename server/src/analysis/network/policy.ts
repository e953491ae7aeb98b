import type { LabelSelector } from '../../kubernetes/selectors.ts';
import type { Origin } from '../origin.ts';
import type { SelectorExpression } from './calico-selectors.ts';
import type { Direction } from './network-policy.ts';

/*
 * One form for the policies of Kubernetes, of its administrators, of Cilium and of Calico, as far as they decide who may connect to whom. It is plain data, since
 * it is kept as a fact.
 */

/** What labels have to say. */
export type LabelTest = LabelSelector | SelectorExpression;

/** Pods, by what their namespaces and their labels say. */
export interface PodsMatch {
  /** `own`: the policy's namespace. */
  readonly namespaces: 'own' | LabelTest;
  readonly pods: LabelTest;
}

/** Whom a rule is about, on the other side of the connection. */
export type Peer =
  | { readonly type: 'pods'; readonly match: PodsMatch; readonly not?: LabelTest | undefined }
  | {
      readonly type: 'addresses';
      readonly cidrs: readonly string[];
      readonly except: readonly string[];
      /** Cilium knows pods by their identity alone; elsewhere a block that leaves nothing out takes them in. */
      readonly withPods: boolean;
    }
  /** Something that manifests do not tell: names of the internet, nodes, groups of a cloud. */
  | { readonly type: 'unknown' };

/** Ports of the pod that is connected to. */
export interface PortMatch {
  /** Upper case; undefined for every protocol. */
  readonly protocol: string | undefined;
  /** A range of numbers, a name among the pod's container ports, or every port. */
  readonly port: { readonly first: number; readonly last: number } | string | undefined;
}

export interface PolicyRule {
  readonly action: 'allow' | 'deny' | 'pass';
  /** Undefined: everybody. */
  readonly peers: readonly Peer[] | undefined;
  /** Undefined: every port. */
  readonly ports: readonly PortMatch[] | undefined;
}

/**
 * When a policy has its say. Administrators come first and, with their baseline, last; tiers of Calico go in order, that of Kubernetes' and of
 * Cilium's policies among them. Within a tier the smaller order counts first.
 */
export interface Precedence {
  readonly tier: 'admin' | 'named' | 'default' | 'baseline';
  /** Of the tier, for `named`. */
  readonly tierName: string;
  readonly order: number;
}

export interface PolicySpec {
  readonly precedence: Precedence;
  readonly subject: PodsMatch;
  /** The directions in which a selected pod is closed but for what is allowed. */
  readonly isolates: readonly Direction[];
  readonly rules: Readonly<Record<Direction, readonly PolicyRule[]>>;
}

/** A policy of any kind. One object may hold several, as those of Cilium do. */
export interface NetworkPolicyFact extends Origin {
  readonly type: 'network-policy';
  readonly kind: string;
  readonly specs: readonly PolicySpec[];
}

export const EVERYTHING: LabelSelector = { matchLabels: new Map(), matchExpressions: [] };

/** Every address there is. */
export const EVERY_ADDRESS: readonly string[] = ['0.0.0.0/0', '::/0'];

/** Calico gives Kubernetes' own policies this place among its own. */
export const KUBERNETES_ORDER = 1000;
