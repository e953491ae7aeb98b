import texts from '../../package.nls.json' with { type: 'json' };

/** The text behind a placeholder of package.nls.json, or the text itself; '' where there is none. */
export function shownText(text: string | undefined): string {
  const key = /^%(.+)%$/.exec(text ?? '')?.[1];
  return key === undefined ? (text ?? '') : ((texts as Record<string, string>)[key] ?? '');
}
