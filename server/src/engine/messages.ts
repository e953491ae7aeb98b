/** Fills the `{placeholders}` of a message. */
export function fillMessage(template: string, data: Readonly<Record<string, string | number>> = {}): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, key: string) => String(data[key] ?? placeholder));
}
