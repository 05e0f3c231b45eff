/** What stands in the inputs of a form, by the field that each answers. */
export function typedAnswers(form: HTMLFormElement, fieldAttribute: string): Readonly<Record<string, string>> {
  const inputs = [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(`[${fieldAttribute}]`)];
  return Object.fromEntries(inputs.map((input) => [input.getAttribute(fieldAttribute) ?? '', input.value]));
}

/** Empties every input, so that no secret outlives its use: not in a detached node, not in a page kept by the browser. */
export function eraseAnswers(form: HTMLFormElement): void {
  for (const input of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea'))
    input.value = '';
}
