/**
 * Six years in days, without leap days: for how long documentation of required actions is kept.
 *
 * Source: 45 CFR 164.316(b)(2)(i), required.
 */
export const RETENTION_DAYS = 2190;
