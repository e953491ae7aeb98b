import { mentionsScan } from '../../../analysis/pipelines/commands.ts';
import type { EvidenceDocument, Observation } from '../observation.ts';
import { placeOf } from '../observation.ts';
import { observeAccess } from './access.ts';
import { observeOperations } from './operations.ts';
import { observeStorage } from './storage.ts';
import { observeTransmission } from './transmission.ts';
import { observeWorkloads } from './workloads.ts';

const OBSERVERS = [observeAccess, observeStorage, observeTransmission, observeWorkloads, observeOperations];

/** Everything that a document shows about the controls, or would have to show and does not. */
export function observationsIn(document: EvidenceDocument): Observation[] {
  const { pipeline, resources } = document;
  const scan: Observation[] =
    pipeline !== undefined && mentionsScan(pipeline.text)
      ? [
          {
            aspect: 'images-scanned',
            namespace: undefined,
            shown: true,
            text: 'A pipeline scans images.',
            place: placeOf(document),
          },
        ]
      : [];
  return [
    ...scan,
    ...resources.flatMap((resource) => OBSERVERS.flatMap((observe) => observe(resource, document))),
  ];
}
