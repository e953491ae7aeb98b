import type { SetFlag } from '../../helm/index.ts';

/** How an application has a chart rendered, beside the values files. */
export interface Deployment {
  /** Where the release goes. */
  readonly namespace: string | undefined;
  /** Whether the chart's own values.yaml does not count. */
  readonly replacesDefaults: boolean;
  /** Whether nothing is missing that is known to the cluster alone. */
  readonly isWhole: boolean;
  readonly parameters: readonly DeployedParameter[];
}

/** A single value, as `--set` has it, that stands in a manifest. */
export interface DeployedParameter {
  readonly flag: SetFlag;
  /** The name of the value. */
  readonly name: string;
  /** What it is, as `--set` takes it; undefined where that is what the window shows. */
  readonly text: string | undefined;
  /** What it is to be read from: a window of the chart's source. */
  readonly window: string;
}
