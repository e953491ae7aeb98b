import { decide } from '../../../analysis/audit-policy/decide.ts';
import { describeEvent, neededEvents } from '../../../analysis/audit-policy/needed-events.ts';
import { auditPolicyOf } from '../../../analysis/audit-policy/policy.ts';
import { settingsOf } from '../../../analysis/control-plane/index.ts';
import { daysKept } from '../../../analysis/log-retention/periods.ts';
import { retentionSettingsOf } from '../../../analysis/log-retention/settings.ts';
import { RETENTION_DAYS } from '../../../analysis/retention.ts';
import { isRuntimeSensor, isSensorRule } from '../../../analysis/runtime-sensors.ts';
import { associateOf } from '../../../analysis/vendors/associates.ts';
import { vendorUsagesOf } from '../../../analysis/vendors/usages.ts';
import { keptLogOf } from '../../../rules/audit-controls/log-retention-too-short.ts';
import { headOf, nameOf, type Observation, type Observe, placeOf } from '../observation.ts';
import { mayHoldPhi } from '../scope.ts';
import { isDefault } from './access.ts';

/** What is recorded and watched, and who else handles data. */
export const observeOperations: Observe = (resource, document) => [
  ...observeAuditPolicy(resource, document),
  ...observeAuditLog(resource, document),
  ...observeRetention(resource, document),
  ...observeSensor(resource, document),
  ...observeVendors(resource, document),
];

const observeAuditPolicy: Observe = (resource, document) => {
  const policy = auditPolicyOf(resource);
  if (policy === undefined) return [];
  const gap = neededEvents(policy, document.settings.phi.namespaces).find(
    (event) => decide(policy, event).level === 'None',
  );
  return [
    {
      aspect: 'audit-policy',
      namespace: undefined,
      shown: gap === undefined,
      text:
        gap === undefined
          ? `The audit policy records use and change of pods, shells, Secrets, ConfigMaps and roles.`
          : `The audit policy does not record the ${describeEvent(gap)}.`,
      place: placeOf(document, policy.root),
    },
  ];
};

const observeAuditLog: Observe = (resource, document) => {
  const apiserver = settingsOf('kube-apiserver', resource);
  if (apiserver === undefined) return [];
  const observations: Observation[] = [];
  const target = apiserver.flag('audit-log-path') ?? apiserver.flag('audit-webhook-config-file');
  const policy = apiserver.flag('audit-policy-file');
  const writes = target !== undefined || isDefault(apiserver, 'audit-log-path');
  if (writes && (policy !== undefined || isDefault(apiserver, 'audit-policy-file'))) {
    observations.push({
      aspect: 'audit-log',
      namespace: undefined,
      shown: true,
      text:
        target === undefined
          ? `${apiserver.completeness} has the API server write an audit log.`
          : `The API server writes the audit log (--${target.name}).`,
      place: placeOf(document, target?.at ?? headOf(resource)),
    });
  }
  const age = apiserver.flag('audit-log-maxage');
  if (age !== undefined && Number(age.value) >= RETENTION_DAYS) {
    observations.push({
      aspect: 'audit-retention',
      namespace: undefined,
      shown: true,
      text: `The API server keeps audit logs for ${age.value} days.`,
      place: placeOf(document, age.at),
    });
  }
  return observations;
};

const observeRetention: Observe = (resource, document) =>
  retentionSettingsOf(resource).flatMap((setting): Observation[] => {
    const days = daysKept(setting.text, setting.notation);
    if (days === undefined || days < RETENTION_DAYS) return [];
    if (keptLogOf(resource, setting, document.world, document.settings) === undefined) return [];
    return [
      {
        aspect: 'audit-retention',
        namespace: resource.namespace,
        shown: true,
        text: `${setting.product} keeps logs for ${Math.floor(days)} days (${setting.setting}).`,
        place: placeOf(document, headOf(resource)),
      },
    ];
  });

const observeSensor: Observe = (resource, document) => {
  if (!isRuntimeSensor(resource)) return [];
  const isRule = isSensorRule(resource);
  const what = isRule
    ? 'holds rules for a sensor, which is not among the manifests itself'
    : 'brings a sensor that watches running containers';
  return [
    {
      aspect: 'runtime-sensor',
      namespace: resource.namespace,
      shown: !isRule,
      text: `${nameOf(resource)} ${what}.`,
      place: placeOf(document, headOf(resource)),
      [isRule ? 'waitsFor' : 'settles']: 'runtime-sensor',
    },
  ];
};

const observeVendors: Observe = (resource, document) => {
  const { settings, world } = document;
  if (world.usedAs === 'part' || !mayHoldPhi(resource, document)) return [];
  return vendorUsagesOf(resource).map((usage) => {
    const associate = associateOf(usage, settings.businessAssociates ?? []);
    return {
      aspect: 'agreements',
      namespace: resource.namespace,
      shown: associate?.baa?.evidence !== undefined,
      text:
        associate === undefined
          ? `${nameOf(resource)} has to do with ${usage.vendor.name}; no agreement is listed.`
          : `${nameOf(resource)} has to do with ${usage.vendor.name}, which is listed as a business associate.`,
      place: placeOf(document, usage.at),
    };
  });
};
