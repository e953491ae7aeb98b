const PAGES = 'https://github.com/kube-safeguards/kube-safeguards/blob/main/docs/rules';

/** The address of a rule's documentation. */
export function rulePage(ruleId: string): string {
  return `${PAGES}/${ruleId}.md`;
}
