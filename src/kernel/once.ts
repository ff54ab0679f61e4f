/**
 * `compute`, whose answer for an object is remembered for as long as that object lives. Sound for a pure function of
 * an object that nobody changes, such as the buffer of a message; what throws is not remembered.
 */
export function oncePerObject<K extends object, V extends object>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}
