import { looksLikeNcpdp } from './formats/ncpdp.ts';
import type { TextContext } from './types.ts';

/** Words without one of which no field of a text can be a person's. Cheap to look for, so that ordinary configuration is left at once. */
const TRIGGER =
  /patient|pt[ _-]|pt(?:id|no|name)|subscriber|member.{0,6}(?:i?d|n[aou]|e)|beneficiar|insured|guarantor|enrollee|dependent|decedent|policyholder|cardholder|claimant|of.?kin|nok|emergency.?con|maiden|ssn|ssa.?num|ss.?number|soc.{0,4}sec|itin|mrn|mr.?n[ou]|med(?:ical)?.?rec|medical.?li|chart.?n|em?pi|e[mh]r.?id|mbi|medica(?:re|id)|hicn?|d.?o.?b|birth|born|bdate|death|deceased|died|dod|admi(?:t|ssion)|discharge|dea|npi|national.?prov|vin|vehicle|plate|udi|device|serial|licen[cs]e|dl.?n[ou]|passport|rx.?n|prescription|insurance|health.?|PID\||NK1\||GT1\||IN1\||IN2\||MRG\||NM1\*|REF\*|\(00|resident|participant|hospital|har.?n|pan.?n|recordTarget|spouse|veteran|resourceType|plan.?(?:mem|id)/i;

export function mayHoldIdentifiers(text: string, context: TextContext): boolean {
  if (looksLikeNcpdp(text)) return true;
  if (TRIGGER.test(text)) return true;
  if (context.keys.some((key) => TRIGGER.test(key))) return true;
  return context.siblings?.some(({ key }) => TRIGGER.test(key)) === true;
}
