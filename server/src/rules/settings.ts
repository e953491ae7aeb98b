import type { DetectionSettings, DetectorSettings } from './detection.ts';

/** The part of the configuration that rules read. */
export interface RuleSettings {
  readonly images: {
    /** Registries, or repositories below them, that images may come from; `*` stands for any characters. Empty: every private registry. */
    readonly allowedRegistries: readonly string[];
    /** From a registry (or repository prefix) to the mirror that serves the same images. */
    readonly mirrors: Readonly<Record<string, string>>;
  };
  readonly phi: {
    /** Namespaces that hold PHI, `*` as wildcard; empty: every namespace may. */
    readonly namespaces: readonly string[];
    /** A label, `key=value` or `key`, that marks what holds PHI. */
    readonly label: string | undefined;
  };
  /** What counts as PHI or as a credential in text. */
  readonly detection: DetectionSettings;
  /** Vendors with access to ePHI; undefined where nobody keeps such a list. */
  readonly businessAssociates: readonly BusinessAssociate[] | undefined;
  /** `major.minor` of the cluster that manifests are written for. */
  readonly kubernetesVersion: string;
}

/** A vendor that handles ePHI on behalf of the organisation, as the configuration lists it. */
export interface BusinessAssociate {
  readonly name: string;
  /** Hosts, those below them included; `*` as wildcard. */
  readonly hosts?: readonly string[];
  readonly registries?: readonly string[];
  /** Storage provisioners, annotation prefixes and the like. */
  readonly ids?: readonly string[];
  /** Dates as `YYYY-MM-DD`. */
  readonly baa?: { readonly signed?: string; readonly expires?: string; readonly evidence?: string };
}

const AS_IT_IS: DetectorSettings = {
  disabledKinds: [],
  severities: {},
  allowedKeys: [],
  allowedPaths: [],
  allowedHashes: [],
};

export const DEFAULT_RULE_SETTINGS: RuleSettings = {
  images: { allowedRegistries: [], mirrors: {} },
  phi: { namespaces: [], label: undefined },
  detection: { phi: { ...AS_IT_IS, customIdentifiers: [] }, credentials: AS_IT_IS },
  businessAssociates: undefined,
  kubernetesVersion: '1.36',
};
