/**
 * Returns the options of an event that bubbles and crosses shadow roots. Its `detail` is frozen and serializable, and holds
 * neither a secret nor a link.
 */
export function eventInit<Detail>(detail: Detail, cancelable = false): CustomEventInit<Detail> {
  return { bubbles: true, composed: true, cancelable, detail: frozenCopy(detail) };
}

function frozenCopy<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, frozenCopy(part)]);
  return Object.freeze(Object.fromEntries(entries)) as Value;
}
