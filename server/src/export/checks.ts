import type { RuleSettings } from '../rules/settings.ts';
import { ACCESS_CHECKS } from './checks/access.ts';
import { associateChecks } from './checks/associates.ts';
import { BACKUP_CHECKS } from './checks/backups.ts';
import { CERTIFICATE_CHECKS } from './checks/certificates.ts';
import type { AdmissionCheck } from './checks/check.ts';
import { CLAIM_CHECKS } from './checks/claims.ts';
import { CONTROL_PLANE_CHECKS } from './checks/control-planes.ts';
import { GATEWAY_CHECKS } from './checks/gateways.ts';
import { HTTP_KIND_CHECKS } from './checks/http-kinds.ts';
import { imageChecks } from './checks/images.ts';
import { INGRESS_CHECKS } from './checks/ingress.ts';
import { INGRESS_LOOKUP_CHECKS } from './checks/ingress-lookups.ts';
import { LOG_COLLECTOR_CHECKS } from './checks/log-collectors.ts';
import { LOG_FORMAT_CHECKS } from './checks/log-format.ts';
import { LOG_STORE_CHECKS } from './checks/log-stores.ts';
import { MESH_AUTHORIZATION_CHECKS } from './checks/mesh-authorization.ts';
import { MESH_INJECTION_CHECKS } from './checks/mesh-injection.ts';
import { MESH_LOOKUP_CHECKS } from './checks/mesh-lookups.ts';
import { MESH_TRAFFIC_CHECKS } from './checks/mesh-traffic.ts';
import { NETWORK_CHECKS } from './checks/network.ts';
import { phiChecks } from './checks/phi.ts';
import { PLAINTEXT_CHECKS } from './checks/plaintext.ts';
import { POD_CHECKS } from './checks/pods.ts';
import { secretChecks } from './checks/secrets.ts';
import { SERVICE_CHECKS } from './checks/services.ts';
import { STORAGE_CHECKS } from './checks/storage.ts';
import { TLS_SETTING_CHECKS } from './checks/tls-settings.ts';
import { VERIFICATION_CHECKS } from './checks/verification.ts';
import { VOLUME_CHECKS } from './checks/volumes.ts';

/**
 * The rules that hang on one object alone, as the API server can check it.
 *
 * @param today `YYYY-MM-DD`: agreements that have ended by then are none; without it all of them hold
 */
export function admissionChecks(settings: RuleSettings, today = ''): AdmissionCheck[] {
  return [
    ...POD_CHECKS,
    ...imageChecks(settings),
    ...secretChecks(settings),
    ...phiChecks(settings),
    ...ACCESS_CHECKS,
    ...SERVICE_CHECKS,
    ...NETWORK_CHECKS,
    ...INGRESS_CHECKS,
    ...INGRESS_LOOKUP_CHECKS,
    ...HTTP_KIND_CHECKS,
    ...CERTIFICATE_CHECKS,
    ...TLS_SETTING_CHECKS,
    ...VERIFICATION_CHECKS,
    ...GATEWAY_CHECKS,
    ...MESH_INJECTION_CHECKS,
    ...MESH_TRAFFIC_CHECKS,
    ...MESH_AUTHORIZATION_CHECKS,
    ...MESH_LOOKUP_CHECKS,
    ...STORAGE_CHECKS,
    ...BACKUP_CHECKS,
    ...VOLUME_CHECKS,
    ...CLAIM_CHECKS,
    ...PLAINTEXT_CHECKS,
    ...LOG_FORMAT_CHECKS,
    ...LOG_STORE_CHECKS,
    ...LOG_COLLECTOR_CHECKS,
    ...CONTROL_PLANE_CHECKS,
    ...associateChecks(settings, today),
  ];
}
