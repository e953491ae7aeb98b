import type { TextContext } from './types.ts';

/** Words without one of which no field of a text can be a person's. Cheap to look for, so that ordinary configuration is left at once. */
const TRIGGER =
  /patient|\bpt[ _-]|subscriber|member.{0,6}(?:id|n[aou]|e)|beneficiar|insured|guarantor|enrollee|dependent|decedent|policyholder|cardholder|claimant|\bkin\b|\bnok\b|emergency.?contact|maiden|ssn|social.?sec|soc.?sec|itin\b|mrn|medical|med.?rec|chart.?n|empi|mbi|medicare|medicaid|hicn?\b|d\.?o\.?b|birth|born|bdate|death|deceased|died|admi(?:t|ssion)|discharge|dea\b|dea_|npi|national.?provider|vin\b|vin_|vehicle|plate|udi\b|serial|licen[cs]e|passport|rx.?n|prescription|insurance|PID\||NK1\||GT1\||IN1\||IN2\||MRG\||NM1\*|00[01]0,|resident|participant|hospital.?n|hospital.?acc|account|recordTarget|spouse|veteran/i;

export function mayHoldIdentifiers(text: string, context: TextContext): boolean {
  if (TRIGGER.test(text)) return true;
  if (context.keys.some((key) => TRIGGER.test(key))) return true;
  return context.siblings?.some(({ key }) => TRIGGER.test(key)) === true;
}
